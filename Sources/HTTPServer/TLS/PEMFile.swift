import COpenSSL
import Glibc

/// A PEM file (RFC 7468) of a listener: read whole, with clear errors.
struct PEMFile {
    let part: TLSError.Part
    let path: String
    private let bytes: [UInt8]

    init(_ part: TLSError.Part, _ path: String) throws(TLSError) {
        self.part = part
        self.path = path
        bytes = try Self.read(part, path)
    }

    /// All certificates of the file, in its order, at least one.
    func certificates() throws(TLSError) -> [Certificate] {
        let source = try open()
        defer { BIO_free(source) }
        var certificates: [Certificate] = []
        ERR_clear_error()
        while let certificate = PEM_read_bio_X509(source, nil, Self.noPassphrase, nil) {
            certificates.append(Certificate(adopting: certificate))
        }
        // The reader also ends by finding no further block.
        let isAtEnd = TLSFailure.firstReason == PEM_R_NO_START_LINE
        let reason = TLSFailure.drain()
        guard isAtEnd else { throw .malformed(part, path: path, reason: reason) }
        guard !certificates.isEmpty else { throw .notPEM(part, path: path) }
        return certificates
    }

    /// - Returns: An `EVP_PKEY` that the caller frees.
    func privateKey() throws(TLSError) -> OpaquePointer {
        let source = try open()
        defer { BIO_free(source) }
        ERR_clear_error()
        if let key = PEM_read_bio_PrivateKey(source, nil, Self.noPassphrase, nil) { return key }
        let code = TLSFailure.firstReason
        let reason = TLSFailure.drain()
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("ENCRYPTED") { throw .encryptedKey(path: path) }
        if code == PEM_R_NO_START_LINE || !text.contains("PRIVATE KEY-----") { throw .notPEM(part, path: path) }
        throw .malformed(part, path: path, reason: reason)
    }

    private func open() throws(TLSError) -> OpaquePointer {
        guard let source = BIO_new(BIO_s_mem()),
            BIO_write(source, bytes, Int32(bytes.count)) == Int32(bytes.count)
        else { throw .failed(operation: "reading \(path)", reason: TLSFailure.drain()) }
        return source
    }

    /// Without it OpenSSL would ask on the terminal.
    private static let noPassphrase:
        @convention(c) (
            UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?
        ) -> Int32 = { _, _, _, _ in -1 }

    private static func read(_ part: TLSError.Part, _ path: String) throws(TLSError) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(part, path: path, reason: SystemCalls.message(errno)) }
        defer { close(descriptor) }
        let limit = TLSConfiguration.maxFileBytes
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(part, path: path, reason: SystemCalls.message(errno)) }
            if count == 0 { break }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw .tooLarge(part, path: path, limit: limit) }
        }
        guard !bytes.isEmpty else { throw .notPEM(part, path: path) }
        return bytes
    }
}

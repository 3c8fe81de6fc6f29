import COpenSSL

/// A `TestClient` that speaks TLS. Trusts every server: what the server shows is looked at by the tests.
final class TLSClient: TestClient {
    /// The server ended the handshake or the stream by an alert; the reason is OpenSSL's text for it.
    struct Refused: Error { let reason: String }

    struct Options {
        var versions = TLS1_2_VERSION...TLS1_3_VERSION
        var serverName: String?
        /// Offered by ALPN; none if empty.
        var protocols: [String] = []
        /// For TLS 1.2.
        var ciphers: String?
        var certificate: TestCertificate?
        var session: TLSSession?
    }

    private let context: OpaquePointer
    private let ssl: OpaquePointer
    private let input = BIO_new(BIO_s_mem())
    private let output = BIO_new(BIO_s_mem())

    /// - Parameter shakesHands: `false` leaves the handshake to a call of `shakeHands`.
    init(port: Int, _ options: Options = Options(), shakesHands: Bool = true) throws {
        guard let context = SSL_CTX_new(TLS_client_method()), let ssl = SSL_new(context) else {
            throw Failure(message: "no memory")
        }
        self.context = context
        self.ssl = ssl
        SSL_set_bio(ssl, input, output)
        SSL_set_connect_state(ssl)
        try super.init(port: port)
        try set(options)
        if shakesHands { try shakeHands() }
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
    }

    private func set(_ options: Options) throws {
        SSL_ctrl(ssl, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(options.versions.lowerBound), nil)
        SSL_ctrl(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(options.versions.upperBound), nil)
        if let ciphers = options.ciphers { SSL_set_cipher_list(ssl, ciphers) }
        if let name = options.serverName {
            var name = name.utf8CString.map { $0 }
            SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), &name)
        }
        let protocols = options.protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        if !protocols.isEmpty { SSL_set_alpn_protos(ssl, protocols, UInt32(protocols.count)) }
        if let certificate = options.certificate { try certificate.use(in: ssl) }
        if let session = options.session { SSL_set_session(ssl, session.pointer) }
    }

    func shakeHands() throws {
        try perform { SSL_do_handshake(ssl) }
    }

    /// Waits until the server has had a chance to refuse what came with the handshake's last message: in TLS 1.3 the
    /// client is done before the server has looked at its certificate.
    func hello(host: String = "localhost") throws -> Reply {
        try send("GET /hello HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        return try reply()
    }

    override func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            var count = 0
            try perform { rest.withUnsafeBytes { SSL_write_ex(ssl, $0.baseAddress, $0.count, &count) } }
            rest = rest.dropFirst(count)
        }
    }

    override func receive() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        var count = 0
        do {
            try perform { SSL_read_ex(ssl, &buffer, buffer.count, &count) }
        } catch let end as End {
            return end.isReset ? nil : []
        }
        return Array(buffer[..<count])
    }

    private struct End: Error { let isReset: Bool }

    /// Carries bytes between OpenSSL and the socket until the call is through.
    private func perform(_ call: () -> Int32) throws {
        while true {
            ERR_clear_error()
            let result = call()
            let error = SSL_get_error(ssl, result)
            let reason = ERR_reason_error_string(ERR_peek_error()).map { String(cString: $0) } ?? "error \(error)"
            try flush()
            if result == 1 { return }
            switch error {
            case SSL_ERROR_WANT_READ: try fill()
            case SSL_ERROR_ZERO_RETURN: throw End(isReset: false)
            default: throw Refused(reason: reason)
            }
        }
    }

    private func flush() throws {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = BIO_read(output, &buffer, Int32(buffer.count)), count > 0 {
            try super.send(Array(buffer[..<Int(count)]))
        }
    }

    private func fill() throws {
        guard let bytes = try super.receive() else { throw End(isReset: true) }
        guard !bytes.isEmpty else { throw Refused(reason: "end without close_notify") }
        BIO_write(input, bytes, Int32(bytes.count))
    }

    /// One record for each part, all in one write.
    func sendTogether(_ parts: [[UInt8]]) throws {
        for part in parts { SSL_write(ssl, part, Int32(part.count)) }
        try flush()
    }

    /// Asks for a new handshake (TLS 1.2) and waits for what comes of it.
    func renegotiate() throws {
        SSL_renegotiate(ssl)
        try perform { SSL_do_handshake(ssl) }
    }

    var version: Int32 { SSL_version(ssl) }
    var cipher: String { SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)).map { String(cString: $0) } ?? "" }
    var isResumed: Bool { SSL_session_reused(ssl) == 1 }
    var hasCompression: Bool { SSL_get_current_compression(ssl) != nil }
    var serverSubject: String { SSL_get0_peer_certificate(ssl).map(TestCertificate.subject) ?? "" }

    var selectedProtocol: String {
        var name: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &count)
        return String(decoding: UnsafeBufferPointer(start: name, count: Int(count)), as: UTF8.self)
    }

    /// For the next connection. In TLS 1.3 it comes after the handshake: read something first.
    func session() throws -> TLSSession {
        guard let session = SSL_get1_session(ssl) else { throw Failure(message: "no session") }
        return TLSSession(adopting: session)
    }
}

final class TLSSession {
    let pointer: OpaquePointer
    init(adopting pointer: OpaquePointer) { self.pointer = pointer }
    deinit { SSL_SESSION_free(pointer) }
}

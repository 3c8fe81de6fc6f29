import COpenSSL

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): keeps bytes secret and shows whether anybody changed them.
///
/// Nonces are random, so one key must not seal more than 2³² messages (SP 800-38D §8.3).
public struct AESGCM: Sendable {
    public static let keyByteCount = 32
    public static let nonceByteCount = 12
    public static let tagByteCount = 16

    private let key: [UInt8]

    /// - Parameter key: 32 secret bytes.
    /// - Returns: `nil` for any other length.
    public init?(key: [UInt8]) {
        guard key.count == Self.keyByteCount else { return nil }
        self.key = key
    }

    /// - Parameter context: What the bytes belong to; not part of the result, and must be the same for `open`.
    /// - Returns: Nonce, ciphertext of the same length as `bytes`, and tag.
    public func seal(_ bytes: [UInt8], context: [UInt8]) -> [UInt8] {
        let nonce = SecureRandom.bytes(Self.nonceByteCount)
        let cipher = start(nonce, encrypting: true)
        defer { EVP_CIPHER_CTX_free(cipher) }
        let length = Self.nonceByteCount + bytes.count + Self.tagByteCount
        return [UInt8](unsafeUninitializedCapacity: length) { sealed, written in
            for index in nonce.indices { sealed[index] = nonce[index] }
            let text = sealed.baseAddress.map { $0 + Self.nonceByteCount }
            guard update(cipher, nil, context[...]), update(cipher, text, bytes[...]), finish(cipher),
                EVP_CIPHER_CTX_ctrl(
                    cipher, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagByteCount), text.map { $0 + bytes.count }) == 1
            else { stop("AES-256-GCM failed: \(OpenSSLFailure.drain())") }
            written = length
        }
    }

    /// - Parameter sealed: As `seal` made it.
    /// - Returns: `nil` if it was sealed with another key or for another context, or was changed since.
    public func open(_ sealed: ArraySlice<UInt8>, context: [UInt8]) -> [UInt8]? {
        guard sealed.count >= Self.nonceByteCount + Self.tagByteCount else { return nil }
        let nonce = Array(sealed.prefix(Self.nonceByteCount))
        var tag = Array(sealed.suffix(Self.tagByteCount))
        let text = sealed.dropFirst(Self.nonceByteCount).dropLast(Self.tagByteCount)
        let cipher = start(nonce, encrypting: false)
        defer { EVP_CIPHER_CTX_free(cipher) }
        var isGenuine = false
        // Nothing of it is let out before the tag was compared.
        let bytes = [UInt8](unsafeUninitializedCapacity: text.count) { bytes, written in
            guard update(cipher, nil, context[...]), update(cipher, bytes.baseAddress, text),
                EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagByteCount), &tag) == 1
            else { stop("AES-256-GCM failed: \(OpenSSLFailure.drain())") }
            isGenuine = finish(cipher)
            written = isGenuine ? text.count : 0
        }
        if !isGenuine { _ = OpenSSLFailure.drain() }
        return isGenuine ? bytes : nil
    }

    private func start(_ nonce: [UInt8], encrypting: Bool) -> OpaquePointer {
        guard let context = EVP_CIPHER_CTX_new(),
            EVP_CipherInit_ex(context, Self.algorithm, nil, key, nonce, encrypting ? 1 : 0) == 1
        else { stop("AES-256-GCM could not start: \(OpenSSLFailure.drain())") }
        return context
    }

    /// Without `output` the bytes are only authenticated.
    private func update(_ cipher: OpaquePointer, _ output: UnsafeMutablePointer<UInt8>?, _ bytes: ArraySlice<UInt8>)
        -> Bool
    {
        // Nothing has no address.
        guard !bytes.isEmpty else { return true }
        guard let count = Int32(exactly: bytes.count) else { return false }
        var written: Int32 = 0
        return bytes.withUnsafeBufferPointer {
            EVP_CipherUpdate(cipher, output, &written, $0.baseAddress, count) == 1 && written == count
        }
    }

    private func finish(_ cipher: OpaquePointer) -> Bool {
        var nothing: UInt8 = 0
        var written: Int32 = 0
        return EVP_CipherFinal_ex(cipher, &nothing, &written) == 1
    }

    /// Looked up once. Safe to share: a fetched `EVP_CIPHER` is never changed again (EVP_CIPHER_fetch(3),
    /// openssl-threads(7)), and this reference is never released.
    nonisolated(unsafe) private static let algorithm: OpaquePointer = {
        guard let algorithm = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) else {
            stop("OpenSSL offers no AES-256-GCM: \(OpenSSLFailure.drain())")
        }
        return algorithm
    }()
}

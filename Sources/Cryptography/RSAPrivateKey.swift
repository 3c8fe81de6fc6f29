import COpenSSL

/// Makes RSA signatures with SHA-256: PKCS #1 v1.5 or PSS.
public struct RSAPrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    let key: KeyHandle

    /// PKCS #8, not encrypted: a secret.
    public let pem: String

    /// SubjectPublicKeyInfo, as ``RSAPublicKey`` reads it.
    public let publicKeyPEM: String

    /// A new key. Takes from tens of milliseconds to seconds: not for the path of a request.
    /// - Parameter bits: 2048 to 16384.
    public static func generate(bits: Int = 2048) throws(KeyError) -> RSAPrivateKey {
        guard KeyHandle.allowedBits.contains(bits) else {
            throw .unsuitableSize(bits: bits, allowed: KeyHandle.allowedBits)
        }
        let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var generated: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1,
            EVP_PKEY_generate(context, &generated) == 1, let generated
        else { throw .failed(operation: "generating an RSA key", reason: OpenSSLFailure.drain()) }
        return try RSAPrivateKey(KeyHandle(adopting: generated, kind: "private key"))
    }

    /// - Parameters:
    ///   - pem: PEM text with a private key, PKCS #8 or PKCS #1 (`RSA PRIVATE KEY`). The first block counts.
    ///   - passphrase: Opens an encrypted PKCS #8 key; a key that is not encrypted does without.
    /// - Throws: A ``KeyError`` if it is anything else, or an RSA key of less than 2048 or more than 16384 bits.
    public init(pem: String, passphrase: String? = nil) throws(KeyError) {
        let block = try PEMBlock(pem, expected: RSAPrivateKey.expected)
        let decoded: OpaquePointer?
        switch block.label {
        case .privateKey:
            decoded = block.decode { d2i_AutoPrivateKey(nil, &$0, $1) }
        case .rsaPrivateKey:
            decoded = block.decode { d2i_PrivateKey(EVP_PKEY_RSA, nil, &$0, $1) }
        case .encryptedPrivateKey where passphrase != nil && !block.hasHeaders:
            decoded = try block.decrypted(passphrase ?? "")
        case .publicKey, .rsaPublicKey, .certificate, .ecPrivateKey, .encryptedPrivateKey, .other:
            throw .wrongKind(found: block.label.name, expected: RSAPrivateKey.expected)
        }
        guard let decoded else { throw .malformed(kind: "private key", reason: OpenSSLFailure.drain()) }
        try self.init(KeyHandle(adopting: decoded, kind: "private key"))
    }

    init(_ key: KeyHandle) throws(KeyError) {
        self.key = key
        pem = try key.pem { PEM_write_bio_PKCS8PrivateKey($0, $1, nil, nil, 0, nil, nil) }
        publicKeyPEM = try key.pem { PEM_write_bio_PUBKEY($0, $1) }
    }

    /// - Returns: As many bytes as the modulus has: 256 for 2048 bits.
    public func sign(_ message: [UInt8], padding scheme: RSAPadding = .pkcs1) throws(KeyError) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var padding: OpaquePointer?
        var length = Int(EVP_PKEY_get_size(key.pointer))
        var signature = [UInt8](repeating: 0, count: length)
        guard let context, EVP_DigestSignInit(context, &padding, SHA256.algorithm, nil, key.pointer) == 1,
            scheme.apply(to: padding),
            EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        else { throw .failed(operation: "signing", reason: OpenSSLFailure.drain()) }
        return Array(signature.prefix(length))
    }

    /// Says no more than the size, so that a key which ends up in a log or an error stays secret.
    public var description: String { "RSA private key of \(key.bits) bits" }

    /// Without children, for the same reason: `dump` and test failures print what a mirror shows.
    public var customMirror: Mirror { Mirror(self, children: []) }

    private static let expected = "an RSA private key that is not encrypted (-----BEGIN PRIVATE KEY-----)"
}

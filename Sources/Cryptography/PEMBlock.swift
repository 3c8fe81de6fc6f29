import COpenSSL

/// The first block of a PEM text (RFC 7468): its label and what it holds, in DER.
struct PEMBlock {
    let label: Label
    let der: [UInt8]
    /// "Proc-Type: 4,ENCRYPTED" (RFC 1421): the older labels' own encryption, by a single round of MD5.
    let hasHeaders: Bool

    /// The labels that mean something to us. Any other is not repeated in errors: the text may be anything.
    enum Label: String {
        case publicKey = "PUBLIC KEY"
        case rsaPublicKey = "RSA PUBLIC KEY"
        case certificate = "CERTIFICATE"
        case privateKey = "PRIVATE KEY"
        case rsaPrivateKey = "RSA PRIVATE KEY"
        case ecPrivateKey = "EC PRIVATE KEY"
        case encryptedPrivateKey = "ENCRYPTED PRIVATE KEY"
        case other

        /// How the label reads in "the key is …".
        var name: String {
            switch self {
            case .publicKey: "a public key"
            case .rsaPublicKey: "an RSA public key"
            case .certificate: "a certificate"
            case .privateKey: "a private key"
            case .rsaPrivateKey: "an RSA private key"
            case .ecPrivateKey: "an EC private key"
            case .encryptedPrivateKey: "an encrypted private key"
            case .other: "a PEM block of another kind"
            }
        }
    }

    /// - Parameter expected: How the key that is wanted reads in an error.
    init(_ pem: String, expected: String) throws(KeyError) {
        let text = Array(pem.utf8)
        guard text.count <= PEMBlock.maxTextBytes else { throw .notPEM(expected: expected) }
        let source = BIO_new(BIO_s_mem())
        defer { BIO_free(source) }

        var name, header: UnsafeMutablePointer<CChar>?
        var contents: UnsafeMutablePointer<UInt8>?
        var length = 0
        guard BIO_write(source, text, Int32(text.count)) == Int32(text.count),
            PEM_read_bio(source, &name, &header, &contents, &length) == 1, let name, let contents
        else {
            _ = OpenSSLFailure.drain()
            throw .notPEM(expected: expected)
        }
        defer {
            CRYPTO_free(name, #file, #line)
            CRYPTO_free(header, #file, #line)
            CRYPTO_clear_free(contents, length, #file, #line)
        }
        // Only the encrypted form of the older labels has headers ("Proc-Type: 4,ENCRYPTED", RFC 1421).
        hasHeaders = header.map { $0.pointee != 0 } ?? false
        label = hasHeaders ? .encryptedPrivateKey : Label(rawValue: String(cString: name)) ?? .other
        der = Array(UnsafeBufferPointer(start: contents, count: length))
    }

    /// Decodes the block by one of OpenSSL's `d2i` functions, which advance the pointer past what they have read.
    /// - Returns: A key that the caller owns, or `nil` if `parse` fails or leaves bytes over.
    func decode(_ parse: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?) -> OpaquePointer? {
        der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            guard let key = parse(&position, bytes.count) else { return nil }
            guard position == bytes.baseAddress.map({ $0 + bytes.count }) else {
                EVP_PKEY_free(key)
                return nil
            }
            return key
        }
    }

    /// The key in an encrypted PKCS #8 block (RFC 5958 §3).
    /// - Returns: A key that the caller owns, or `nil` if what was inside is no key.
    func decrypted(_ passphrase: String) throws(KeyError) -> OpaquePointer? {
        let kind = "encrypted private key"
        let sealed = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_X509_SIG(nil, &position, bytes.count)
        }
        guard let sealed else { throw .malformed(kind: kind, reason: OpenSSLFailure.drain()) }
        defer { X509_SIG_free(sealed) }
        guard let info = PKCS8_decrypt(sealed, passphrase, Int32(passphrase.utf8.count)) else {
            throw OpenSSLFailure.drain().contains("unsupported")
                ? .unsupportedEncryption(kind: kind) : .wrongPassword(kind: kind)
        }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return EVP_PKCS82PKEY(info)
    }

    /// A key of 16384 bits takes 13 KB; certificates may come with a chain.
    private static let maxTextBytes = 256 << 10
}

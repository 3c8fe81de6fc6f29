import COpenSSL

/// Verifies RSA signatures with SHA-256: PKCS #1 v1.5, which is what Adobe Commerce sends, or PSS.
public struct RSAPublicKey: Sendable {
    let key: KeyHandle

    init(_ key: KeyHandle) {
        self.key = key
    }

    /// - Parameter pem: PEM text with a public key (SubjectPublicKeyInfo, or PKCS #1 `RSA PUBLIC KEY`) or with an
    ///   X.509 certificate, whose key is taken without a look at its validity. The first block counts.
    /// - Throws: A ``KeyError`` if it is anything else, or an RSA key of less than 2048 or more than 16384 bits.
    public init(pem: String) throws(KeyError) {
        let block = try PEMBlock(pem, expected: RSAPublicKey.expected)
        let decoded: OpaquePointer?
        switch block.label {
        case .publicKey:
            decoded = block.decode { d2i_PUBKEY(nil, &$0, $1) }
        case .rsaPublicKey:
            decoded = block.decode { d2i_PublicKey(EVP_PKEY_RSA, nil, &$0, $1) }
        case .certificate:
            decoded = block.decode { bytes, count in
                guard let certificate = d2i_X509(nil, &bytes, count) else { return nil }
                defer { X509_free(certificate) }
                return X509_get_pubkey(certificate)
            }
        case .privateKey, .rsaPrivateKey, .ecPrivateKey, .encryptedPrivateKey, .other:
            throw .wrongKind(found: block.label.name, expected: RSAPublicKey.expected)
        }
        guard let decoded else { throw .malformed(kind: "public key", reason: OpenSSLFailure.drain()) }
        key = try KeyHandle(adopting: decoded, kind: "public key")
    }

    /// Length of the modulus, 2048 to 16384.
    public var bits: Int { key.bits }

    /// Any signature that doesn't match is `false`, whatever its length and content.
    public func verifies(signature: [UInt8], of message: [UInt8], padding scheme: RSAPadding = .pkcs1) -> Bool {
        guard let context = EVP_MD_CTX_new() else { stop("no memory to verify a signature") }
        defer { EVP_MD_CTX_free(context) }
        var padding: OpaquePointer?
        guard EVP_DigestVerifyInit(context, &padding, SHA256.algorithm, nil, key.pointer) == 1,
            scheme.apply(to: padding),
            // 1 is the only answer that means "verified"; there are two kinds of others.
            EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        else {
            ERR_clear_error()
            return false
        }
        return true
    }

    private static let expected = "an RSA public key (-----BEGIN PUBLIC KEY-----) or a certificate"
}

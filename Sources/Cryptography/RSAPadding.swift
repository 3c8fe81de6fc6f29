import COpenSSL

/// How an RSA signature frames the SHA-256 of a message.
public enum RSAPadding: Sendable {
    /// PKCS #1 v1.5 (RFC 8017 §8.2): `RS256` of JSON Web Signatures.
    case pkcs1
    /// PSS with MGF1-SHA-256 and a salt of 32 bytes (RFC 8017 §8.1): `PS256` of JSON Web Signatures (RFC 7518 §3.5).
    case pss

    private static let saltByteCount = Int32(SHA256.byteCount)

    func apply(to context: OpaquePointer?) -> Bool {
        switch self {
        case .pkcs1:
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .pss:
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, Self.saltByteCount) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(context, SHA256.algorithm) == 1
        }
    }
}

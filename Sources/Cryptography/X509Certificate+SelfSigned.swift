import COpenSSL

extension X509Certificate {
    /// A certificate that vouches for itself, such as one makes for an application that signs in with it.
    /// - Parameters:
    ///   - commonName: 1 to 64 characters.
    ///   - notBefore: Seconds since 1970 UTC.
    ///   - notAfter: Seconds since 1970 UTC.
    public static func selfSigned(
        _ key: RSAPrivateKey, commonName: String, notBefore: Int64, notAfter: Int64
    ) throws(KeyError) -> X509Certificate {
        guard let certificate = X509_new() else {
            throw .failed(operation: "making a certificate", reason: OpenSSLFailure.drain())
        }
        defer { X509_free(certificate) }
        let name = X509_get_subject_name(certificate)
        let serial = SecureRandom.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 1
        let isMade =
            X509_set_version(certificate, 2) == 1
            && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial) == 1
            && ASN1_TIME_set(X509_getm_notBefore(certificate), Int(notBefore)) != nil
            && ASN1_TIME_set(X509_getm_notAfter(certificate), Int(notAfter)) != nil
            && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, commonName, -1, -1, 0) == 1
            && X509_set_issuer_name(certificate, name) == 1
            && X509_set_pubkey(certificate, key.key.pointer) == 1
            && X509_sign(certificate, key.key.pointer, SHA256.algorithm) > 0
        guard isMade else { throw .failed(operation: "making a certificate", reason: OpenSSLFailure.drain()) }
        return try X509Certificate(certificate)
    }

    /// `-----BEGIN CERTIFICATE-----` …
    public var pem: String {
        let text = Base64.encode(der)
        let lines = stride(from: 0, to: text.utf8.count, by: 64).map { text.dropFirst($0).prefix(64) }
        return (["-----BEGIN CERTIFICATE-----"] + lines + ["-----END CERTIFICATE-----", ""]).joined(separator: "\n")
    }
}

/// A private key with the certificate that vouches for it: what one signs in with.
public struct CertifiedKey: Sendable {
    public let certificate: X509Certificate
    public let key: RSAPrivateKey

    /// - Throws: ``KeyError/foreignKey(certificate:)`` if the two don't belong together.
    public init(certificate: X509Certificate, key: RSAPrivateKey) throws(KeyError) {
        guard certificate.belongs(to: key) else { throw .foreignKey(certificate: certificate.subject) }
        self.certificate = certificate
        self.key = key
    }

    /// - Parameters:
    ///   - pkcs12: Content of a `.pfx` or `.p12` file.
    ///   - password: Of the file; may be empty.
    public init(pkcs12: [UInt8], password: String) throws(KeyError) {
        let opened = try PKCS12(pkcs12, password: password)
        try self.init(certificate: opened.certificate, key: opened.key)
    }
}

extension CertifiedKey: Equatable {
    /// A certificate has one key, which it was checked against.
    public static func == (left: CertifiedKey, right: CertifiedKey) -> Bool { left.certificate == right.certificate }
}

import COpenSSL

/// An X.509 certificate (RFC 5280): who it is for, how long, and the key that it vouches for.
public struct X509Certificate: Sendable, Equatable {
    public let der: [UInt8]
    /// As RFC 2253 writes it: `CN=causeway,O=Contoso`.
    public let subject: String
    /// Seconds since 1970 UTC. Not good before.
    public let notBefore: Int64
    /// Seconds since 1970 UTC. Not good after.
    public let notAfter: Int64
    /// SubjectPublicKeyInfo of the certified key, as ``RSAPublicKey`` reads it; `nil` if it is not RSA.
    public let publicKeyPEM: String?

    /// - Parameter pem: PEM text whose first block is a certificate: the leaf, if a chain follows.
    public init(pem: String) throws(KeyError) {
        let expected = "a certificate (-----BEGIN CERTIFICATE-----)"
        let block = try PEMBlock(pem, expected: expected)
        guard block.label == .certificate else { throw .wrongKind(found: block.label.name, expected: expected) }
        try self.init(der: block.der)
    }

    public init(der: [UInt8]) throws(KeyError) {
        let decoded = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var position = bytes.baseAddress
            guard let certificate = d2i_X509(nil, &position, bytes.count) else { return nil }
            guard position == bytes.baseAddress.map({ $0 + bytes.count }) else {
                X509_free(certificate)
                return nil
            }
            return certificate
        }
        guard let decoded else { throw .malformed(kind: "certificate", reason: OpenSSLFailure.drain()) }
        defer { X509_free(decoded) }
        try self.init(decoded)
    }

    /// - Parameter certificate: Stays the caller's.
    init(_ certificate: OpaquePointer) throws(KeyError) {
        guard let der = Self.der(certificate), let notBefore = Self.seconds(X509_get0_notBefore(certificate)),
            let notAfter = Self.seconds(X509_get0_notAfter(certificate)), let subject = Self.subject(certificate)
        else { throw .malformed(kind: "certificate", reason: OpenSSLFailure.drain()) }
        self.der = der
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.subject = subject
        publicKeyPEM = Self.publicKey(certificate)
    }

    /// SHA-256 of the DER: what `x5t#S256` of a token's header holds (RFC 7515 §4.1.8).
    public var sha256Thumbprint: [UInt8] { SHA256.hash(der) }

    /// SHA-1 of the DER: what Microsoft's portals show as a certificate's thumbprint. Names it, protects nothing.
    public var sha1Thumbprint: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 20) { digest, written in
            guard EVP_Digest(der, der.count, digest.baseAddress, nil, EVP_sha1(), nil) == 1 else {
                stop("SHA-1 failed: \(OpenSSLFailure.drain())")
            }
            written = 20
        }
    }

    /// Whether this is the private key of the certified one.
    public func belongs(to key: RSAPrivateKey) -> Bool { publicKeyPEM == key.publicKeyPEM }

    private static func der(_ certificate: OpaquePointer) -> [UInt8]? {
        let count = i2d_X509(certificate, nil)
        guard count > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { bytes, written in
            var position = bytes.baseAddress
            written = Int(i2d_X509(certificate, &position))
        }
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        let epoch = ASN1_TIME_set(nil, 0)
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard let time, let epoch, ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        return Int64(days) * 86_400 + Int64(seconds)
    }

    private static func subject(_ certificate: OpaquePointer) -> String? {
        guard let sink = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(sink) }
        guard X509_NAME_print_ex(sink, X509_get_subject_name(certificate), 0, X509_SUBJECT_FORMAT) >= 0 else {
            return nil
        }
        var text = [UInt8](repeating: 0, count: maxSubjectBytes)
        let length = BIO_read(sink, &text, Int32(text.count))
        return String(decoding: text.prefix(max(0, Int(length))), as: UTF8.self)
    }

    private static func publicKey(_ certificate: OpaquePointer) -> String? {
        guard let pointer = X509_get_pubkey(certificate),
            let key = try? KeyHandle(adopting: pointer, kind: "certificate's key")
        else {
            ERR_clear_error()
            return nil
        }
        return try? key.pem { PEM_write_bio_PUBKEY($0, $1) }
    }

    /// A longer subject is cut: it is only shown.
    private static let maxSubjectBytes = 1024
}

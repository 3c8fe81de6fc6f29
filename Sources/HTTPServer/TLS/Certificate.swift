import COpenSSL

/// Owns an X.509 certificate (RFC 5280).
final class Certificate {
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(pointer) }

    /// The last moment of its validity, seconds since 1970.
    var expiresAt: Int { Self.seconds(X509_get0_notAfter(pointer)) }

    /// Whether it is valid now, as far as its dates go.
    var isCurrent: Bool { Self.isCurrent(pointer) }

    static func isCurrent(_ certificate: OpaquePointer) -> Bool {
        X509_cmp_current_time(X509_get0_notBefore(certificate)) < 0
            && X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0
    }

    /// Lower-case hexadecimal SHA-256 over the certificate's DER form.
    static func fingerprint(_ certificate: OpaquePointer) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return "" }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// `CN=shop,O=Example` (RFC 2253): the most specific part first, special characters escaped.
    static func subject(_ certificate: OpaquePointer) -> String {
        guard let sink = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(sink) }
        guard X509_NAME_print_ex(sink, X509_get_subject_name(certificate), 0, X509_SUBJECT_FORMAT) >= 0 else {
            return ""
        }
        var text = [UInt8](repeating: 0, count: maxSubjectBytes)
        let count = BIO_read(sink, &text, Int32(text.count))
        return String(decoding: text.prefix(max(0, Int(count))), as: UTF8.self)
    }

    private static let maxSubjectBytes = 4096

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int {
        var days: Int32 = 0
        var rest: Int32 = 0
        guard let epoch = ASN1_TIME_set(nil, 0) else { return 0 }
        defer { ASN1_TIME_free(epoch) }
        guard let time, ASN1_TIME_diff(&days, &rest, epoch, time) == 1 else { return 0 }
        return Int(days) * 86400 + Int(rest)
    }
}

/// Whom a client proved to be in the handshake (mTLS).
public struct ClientCertificate: Sendable, Equatable {
    /// `CN=shop,O=Example` (RFC 2253): the most specific part first, special characters escaped.
    public var subject: String
    /// SHA-256 over the certificate's DER form: 64 hexadecimal digits in lower case.
    public var fingerprint: String

    public init(subject: String, fingerprint: String) {
        self.subject = subject
        self.fingerprint = fingerprint
    }

    init(_ certificate: OpaquePointer) {
        self.init(subject: Certificate.subject(certificate), fingerprint: Certificate.fingerprint(certificate))
    }
}

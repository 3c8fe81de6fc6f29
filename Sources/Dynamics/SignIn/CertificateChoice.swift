import Cryptography
import Foundation

/// Which of an application's certificates are tried, and in which order.
struct CertificateChoice {
    /// Newest first: during a rotation the old one is the second choice.
    let usable: [CertifiedKey]
    /// Why there is none.
    let problem: String

    /// - Parameter now: Seconds since 1970 UTC.
    init(_ keys: [CertifiedKey], now: Int64) {
        let newestFirst = keys.sorted { $0.certificate.notBefore > $1.certificate.notBefore }
        usable = newestFirst.filter { ($0.certificate.notBefore...$0.certificate.notAfter).contains(now) }
        problem = newestFirst.map { Self.problem($0.certificate, now) }.joined(separator: "; ")
    }

    private static func problem(_ certificate: X509Certificate, _ now: Int64) -> String {
        let isExpired = certificate.notAfter < now
        let moment = Date(
            timeIntervalSince1970: TimeInterval(isExpired ? certificate.notAfter : certificate.notBefore))
        let text = moment.formatted(.iso8601)
        return "certificate \(certificate.subject) (\(certificate.sha1Text)) "
            + (isExpired ? "expired on \(text)" : "is not valid before \(text)")
    }
}

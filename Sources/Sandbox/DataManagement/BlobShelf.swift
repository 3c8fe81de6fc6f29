import Cryptography
import Foundation

/// Files behind signed links.
struct BlobShelf: Sendable {
    private(set) var blobs: [String: [UInt8]] = [:]
    private let key = SecureRandom.bytes(32)

    /// The query of a link: `se`, and `sig` over blob and expiry.
    func signature(of blob: String, until expiry: Date) -> String {
        let seconds = Int64(expiry.timeIntervalSince1970)
        return "sv=2015-02-21&sr=b&se=\(seconds)&sig=\(code(blob, seconds))"
    }

    /// The code of Azure's refusal, or `nil` if the link is good.
    func refusal(of blob: String, query: String?, at now: Date) -> String? {
        let pairs = QueryString.parse(query ?? "") ?? []
        let fields = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let expiry = fields["se"].flatMap(Int64.init), let signature = fields["sig"],
            signature == code(blob, expiry)
        else { return "AuthorizationFailure" }
        return expiry > Int64(now.timeIntervalSince1970) ? nil : "AuthenticationFailed"
    }

    mutating func put(_ bytes: [UInt8], as blob: String) { blobs[blob] = bytes }

    private func code(_ blob: String, _ expiry: Int64) -> String {
        Hex.encode(HMACSHA256.code(key: key, message: Array("\(blob)\n\(expiry)".utf8)))
    }
}

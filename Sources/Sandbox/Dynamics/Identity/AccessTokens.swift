import Cryptography
import Foundation
import Synchronization

/// The access tokens that are good right now.
final class AccessTokens: Sendable {
    /// When more are alive, the one that ends first goes: a client that asks for each request can't fill the memory.
    static let maxTokens = 10_000

    private struct Issued {
        let resource: String
        let expiry: Date
    }

    private let issued = Mutex<[String: Issued]>([:])

    /// - Parameter resource: All that the token is good for.
    func issue(for resource: String, until expiry: Date, at now: Date) -> String {
        let token = "sandbox." + SecureRandom.hex(bytes: 32)
        issued.withLock { issued in
            if issued.count >= Self.maxTokens { issued = issued.filter { $0.value.expiry > now } }
            if issued.count >= Self.maxTokens, let first = issued.min(by: { $0.value.expiry < $1.value.expiry }) {
                issued[first.key] = nil
            }
            issued[token] = Issued(resource: resource, expiry: expiry)
        }
        return token
    }

    func isValid(bearer header: String?, for resource: String, at now: Date) -> Bool {
        guard let header, header.hasPrefix("Bearer ") else { return false }
        let token = String(header.dropFirst("Bearer ".count))
        return issued.withLock { $0[token].map { $0.expiry > now && $0.resource == resource } ?? false }
    }

    func expireAll() { issued.withLock { $0.removeAll() } }
}

import Cryptography
import Foundation
import Synchronization

/// The access tokens that are good right now.
final class AccessTokens: Sendable {
    /// When more are alive, the one that ends first goes: a client that asks for each request can't fill the memory.
    static let maxTokens = 10_000

    private let expiries = Mutex<[String: Date]>([:])

    func issue(until expiry: Date, at now: Date) -> String {
        let token = "sandbox." + SecureRandom.hex(bytes: 32)
        expiries.withLock { expiries in
            if expiries.count >= Self.maxTokens { expiries = expiries.filter { $0.value > now } }
            if expiries.count >= Self.maxTokens, let first = expiries.min(by: { $0.value < $1.value }) {
                expiries[first.key] = nil
            }
            expiries[token] = expiry
        }
        return token
    }

    func isValid(bearer header: String?, at now: Date) -> Bool {
        guard let header, header.hasPrefix("Bearer ") else { return false }
        let token = String(header.dropFirst("Bearer ".count))
        return expiries.withLock { $0[token].map { $0 > now } ?? false }
    }

    func expireAll() { expiries.withLock { $0.removeAll() } }
}

import Cryptography
import Relay

/// Erases a person from the store, and can tell later that it was done without keeping who it was.
struct Erasing: Sendable {
    let store: any Erasure
    let searchKey: EncryptionSettings.Key?

    func count(_ subject: SearchKey) async throws -> ErasureCount { try await store.holdings(of: subject) }

    /// Goes on when nobody waits for it any more.
    func erase(_ subject: SearchKey, _ act: OperatorAct) async throws -> ErasureRecord {
        let order = ErasureOrder(subject: subject, hash: try await hash(of: subject), act: act)
        return try await Task { try await store.erase(order) }.value
    }

    /// HMAC-SHA-256 with the store's own secret and, where there is one, the search key.
    func hash(of subject: SearchKey) async throws -> [UInt8] {
        let salt = try await store.erasureSalt()
        let message = Array("erasure\n\(subject.kind.rawValue)\n\(subject.value)".utf8)
        return HMACSHA256.code(key: salt + (searchKey?.bytes ?? []), message: message)
    }
}

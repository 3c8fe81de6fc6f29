import Foundation
import GRDB
import Relay

/// What an attempt sent and received, as it stands in the store: JSON in one column, or sealed in another.
struct SealedExchanges: Sendable {
    let plain: String
    let sealed: Data?
    let sealedBy: String?

    init(_ exchanges: [Exchange], of lease: Lease, _ vault: any PayloadVault) throws {
        let json = try Trails.json(exchanges)
        guard vault.sealingKey != nil, !exchanges.isEmpty else {
            self.init(plain: json, sealed: nil, sealedBy: nil)
            return
        }
        self.init(vault.seal(Array(json.utf8), at: .exchanges(lease.delivery, attempt: lease.attempt)))
    }

    /// - Parameter payload: Sealed.
    init(_ payload: StoredPayload) {
        self.init(plain: "[]", sealed: Data(payload.bytes), sealedBy: payload.key)
    }

    init(_ row: Row) {
        self.init(plain: row["exchanges"], sealed: row["sealed_exchanges"], sealedBy: row["sealed_by"])
    }

    private init(plain: String, sealed: Data?, sealedBy: String?) {
        self.plain = plain
        self.sealed = sealed
        self.sealedBy = sealedBy
    }

    /// One attempt that cannot be read must not hide the others.
    func open(
        _ delivery: DeliveryID, attempt: Int, _ vault: any PayloadVault
    ) throws -> (readable: [Exchange], problem: String?) {
        do {
            return (try Trails.exchanges(json(delivery, attempt: attempt, vault)), nil)
        } catch let error as Unreadable {
            return ([], error.description)
        }
    }

    func json(_ delivery: DeliveryID, attempt: Int, _ vault: any PayloadVault) throws(Unreadable) -> String {
        guard let sealed else { return plain }
        let bytes = try vault.open(
            StoredPayload([UInt8](sealed), sealedBy: sealedBy), at: .exchanges(delivery, attempt: attempt),
            of: "what attempt \(attempt) of delivery \(delivery) sent and received")
        return String(decoding: bytes, as: UTF8.self)
    }
}

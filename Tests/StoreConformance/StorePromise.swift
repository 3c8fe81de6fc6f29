package import Relay
import Testing

/// All that the relay and the operator need of a store.
package typealias RelayStore = ActBook & AlertMemory & CursorBook & DeliveryQueue & DestinationMemory & EventLog
    & Inspection & JobBook
    & LaneControls & LinkRepair & ReconciliationBook
    & Repair & StepMemory & ValueBook

/// Something that every store must keep, whatever is under it. A promise knows nothing but the seams.
///
/// A second store takes the same suite with a workshop of its own:
///
///     @Test("The PostgreSQL store keeps every store's promises", arguments: StorePromise.all)
///     func keepsPromise(_ promise: StorePromise) async throws { try await promise.check(in: PostgreSQLWorkshop()) }
package struct StorePromise: CustomTestStringConvertible, Sendable {
    package let testDescription: String
    private let body: @Sendable (any StoreWorkshop) async throws -> Void

    /// A promise about one store, from its first opening on.
    init(_ sentence: String, check: @escaping @Sendable (any RelayStore) async throws -> Void) {
        testDescription = sentence
        body = { workshop in try await check(workshop.open()) }
    }

    /// A promise that outlives the process.
    init(
        _ sentence: String,
        beforeClosing: @escaping @Sendable (any RelayStore) async throws -> Void,
        afterwards: @escaping @Sendable (any RelayStore) async throws -> Void
    ) {
        testDescription = sentence
        body = { workshop in
            try await beforeClosing(workshop.open())
            try await workshop.close()
            try await afterwards(workshop.open())
        }
    }

    package func check(in workshop: any StoreWorkshop) async throws { try await body(workshop) }

    package static let all: [StorePromise] =
        arrival + order + policies + leases + outcomes + states + memory + knowledge + streams + interventions
        + repair
        + resending + traces + views + controls + jobs + values + polling
        + reconciliations
}

/// Where a promise gets its store from: one workshop for each.
package protocol StoreWorkshop: Sendable {
    /// An empty store at the first call; after `close`, what that one kept.
    func open() async throws -> any RelayStore
    /// Ends the store as a process that stops would.
    func close() async throws
}

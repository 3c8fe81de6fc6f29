import Relay
import Testing

/// All that the relay and the operator need of a store.
typealias RelayStore = DeliveryQueue & EventLog & Inspection & StepMemory

/// Something that every store must keep, whatever is under it. A promise knows nothing but the seams, so a second
/// store takes the same suite with a factory of its own: give each promise an empty store.
struct StorePromise: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: @Sendable (any RelayStore) async throws -> Void

    init(_ sentence: String, check: @escaping @Sendable (any RelayStore) async throws -> Void) {
        testDescription = sentence
        self.check = check
    }

    static let all = arrival + order + leases + outcomes + memory + interventions + views
}

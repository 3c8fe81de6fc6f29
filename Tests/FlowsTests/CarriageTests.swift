import Relay
import Testing

@testable import Flows

@Suite("What a gateway knows of a subject")
struct CarriageTests {
    private static let reason = Reason(code: "unknown-item", message: "Item AB-1 is unknown.")
    private static let byHand = Reason(code: "skipped-by-operator", message: "Entered by hand.")

    private static func event(_ id: Int64, _ state: DeliveryState, _ reason: Reason? = nil) -> EventOverview {
        let moment = Timestamp(millisecondsSince1970: 0)
        let delivery = DeliveryOverview(
            id: DeliveryID(id), flow: "OrderToSalesOrder", lane: "dynamics/OrderToSalesOrder", state: state,
            attempt: 1,
            failures: 0, dueAt: moment, summary: state == .done ? "SO-1" : nil, reason: reason)
        return EventOverview(
            id: EventID(id), source: "commerce", kind: "order", subject: "order 1", receivedAt: moment, bytes: 1,
            deliveries: [delivery])
    }

    @Test("nothing is no knowledge")
    func nothing() {
        #expect(Carriage([]) == .neverReceived)
        var stored = Self.event(1, .done)
        stored.deliveries = []
        #expect(Carriage([stored]) == .neverReceived)
    }

    @Test("what can still move is under way", arguments: [DeliveryState.ready, .running, .waiting])
    func underWay(_ state: DeliveryState) {
        #expect(Carriage([Self.event(1, state, state == .waiting ? Self.reason : nil)]) == .underWay)
        #expect(Carriage([Self.event(2, state), Self.event(1, .done)]) == .underWay)
    }

    @Test("of several that are parked the first one holds the others")
    func parked() {
        let events = [
            Self.event(3, .ready), Self.event(2, .parked, Self.reason), Self.event(1, .parked, Self.reason),
        ]
        #expect(Carriage(events) == .parked(EventID(1), Self.reason))
    }

    @Test("an echo that was skipped does not hide that it was carried")
    func carried() {
        let events = [Self.event(2, .skipped, Reason(code: "unchanged", message: "")), Self.event(1, .done)]
        #expect(Carriage(events) == .carried(EventID(1), summary: "SO-1"))
    }

    @Test("what a person skipped last is skipped, whatever was before")
    func skipped() {
        #expect(
            Carriage([Self.event(2, .skipped, Self.byHand), Self.event(1, .done)])
                == .skipped(EventID(2), Self.byHand))
        #expect(Carriage([Self.event(1, .skipped, Self.reason)]) == .skipped(EventID(1), Self.reason))
    }
}

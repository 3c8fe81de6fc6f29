package import Relay
import Testing

/// The clock of these tests: seconds after some noon.
package func at(_ seconds: Int64) -> Timestamp {
    Timestamp(millisecondsSince1970: 1_700_000_000_000 + seconds * 1000)
}

package let orders = Route(flow: "OrderToSalesOrder", lane: "dynamics/orders")
package let invoices = Route(flow: "InvoiceToCommerce", lane: "commerce/invoices")
/// Only the latest event of a subject counts.
package let stock = Route(
    flow: "StockToCommerce", lane: "commerce/stock", policy: SubjectPolicy(latestWins: true))
/// What is parked lets others pass.
package let prices = Route(
    flow: "PriceToCommerce", lane: "commerce/prices", policy: SubjectPolicy(parkedLetsPass: true))
package let unknownItem = Reason(code: "unknown-item", message: "Item 24-MB01 is unknown.", advice: "Create it.")

extension NewEvent {
    package static func sample(
        _ subject: String = "order 000000042", key: String, source: String = "commerce", kind: String = "order",
        at second: Int64 = 0, routes: [Route] = [orders], body: [UInt8] = Array(#"{"id":42}"#.utf8),
        version: Int64? = nil, sequence: SequenceNumber? = nil, searchKeys: [SearchKey] = []
    ) -> NewEvent {
        NewEvent(
            source: source, kind: kind, subject: subject, dedupKey: key, receivedAt: at(second), body: body,
            bodyDigest: [UInt8](repeating: 7, count: 32), routes: routes, version: version, sequence: sequence,
            searchKeys: searchKeys)
    }
}

extension AttemptRecord {
    package static func sample(at second: Int64 = 1, exchanges: [Exchange] = []) -> AttemptRecord {
        AttemptRecord(startedAt: at(second), finishedAt: at(second + 1), exchanges: exchanges)
    }
}

extension EventLog {
    /// Appends events of one subject, and returns their ids.
    @discardableResult
    package func append(_ keys: String..., subject: String = "order 000000042", route: Route = orders) async throws
        -> [EventID]
    {
        var ids: [EventID] = []
        for key in keys { ids.append(try await append(.sample(subject, key: key, routes: [route])).event) }
        return ids
    }
}

extension DeliveryQueue {
    /// Claims what is due, a minute's lease at a time.
    package func claim(_ lane: Route = orders, limit: Int = 10, owner: String = "me", at second: Int64 = 10)
        async throws
        -> [Claim]
    {
        try await claim(
            lane: lane.lane, limit: limit, bulkLimit: limit, owner: owner, now: at(second),
            leaseUntil: at(second + 60))
    }

    /// Claims the one delivery that must be there.
    package func claimOne(_ lane: Route = orders, owner: String = "me", at second: Int64 = 10) async throws -> Claim {
        let claims = try await claim(lane, owner: owner, at: second)
        try #require(claims.count == 1)
        return claims[0]
    }

    @discardableResult
    package func finish(_ claim: Claim, _ outcome: Outcome, at second: Int64 = 11) async throws -> Bool {
        try await finish(claim.lease, outcome, .sample(at: second)) != nil
    }
}

extension OperatorAct {
    package static func sample(at second: Int64 = 20, why: String = "The item is there now.") -> OperatorAct {
        OperatorAct(by: "jane@example.com", why: why, at: StoreConformance.at(second))
    }
}

extension EventSelection {
    package static func of(_ event: EventID, in states: Set<DeliveryState> = []) -> EventSelection {
        var selection = EventSelection()
        selection.event = event
        selection.states = states
        return selection
    }
}

extension Repair {
    /// Replays one event's deliveries, by default whatever state they are in.
    @discardableResult
    package func replay(
        _ event: EventID, in states: Set<DeliveryState> = [], at second: Int64 = 20
    ) async throws -> [DeliveryID] {
        try await replay(.of(event, in: states), isBulk: false, act: .sample(at: second), after: nil, limit: 10)
            .deliveries
    }

    @discardableResult
    package func skip(_ event: EventID, at second: Int64 = 20) async throws -> [DeliveryID] {
        try await skip(.of(event), act: .sample(at: second), after: nil, limit: 10).deliveries
    }
}

extension Inspection {
    package func deliveries(of event: EventID) async throws -> [DeliveryOverview] {
        try #require(try await self.event(event)).event.deliveries
    }

    package func state(of event: EventID) async throws -> DeliveryState {
        let deliveries = try await deliveries(of: event)
        try #require(deliveries.count == 1)
        return deliveries[0].state
    }
}

import Relay
import Testing

/// The clock of these tests: seconds after some noon.
func at(_ seconds: Int64) -> Timestamp { Timestamp(millisecondsSince1970: 1_700_000_000_000 + seconds * 1000) }

let orders = Route(flow: "OrderToSalesOrder", lane: "dynamics/orders")
let invoices = Route(flow: "InvoiceToCommerce", lane: "commerce/invoices")
let unknownItem = Reason(code: "unknown-item", message: "Item 24-MB01 is unknown.", advice: "Create it.")

extension NewEvent {
    static func sample(
        _ subject: String = "order 000000042", key: String, source: String = "commerce", kind: String = "order",
        at second: Int64 = 0, routes: [Route] = [orders], body: [UInt8] = Array(#"{"id":42}"#.utf8)
    ) -> NewEvent {
        NewEvent(
            source: source, kind: kind, subject: subject, dedupKey: key, receivedAt: at(second), body: body,
            bodyDigest: [UInt8](repeating: 7, count: 32), routes: routes)
    }
}

extension AttemptRecord {
    static func sample(at second: Int64 = 1, exchanges: [Exchange] = []) -> AttemptRecord {
        AttemptRecord(startedAt: at(second), finishedAt: at(second + 1), exchanges: exchanges)
    }
}

extension EventLog {
    /// Appends events of one subject, and returns their ids.
    @discardableResult
    func append(_ keys: String..., subject: String = "order 000000042", route: Route = orders) async throws
        -> [EventID]
    {
        var ids: [EventID] = []
        for key in keys { ids.append(try await append(.sample(subject, key: key, routes: [route])).event) }
        return ids
    }
}

extension DeliveryQueue {
    /// Claims what is due, a minute's lease at a time.
    func claim(_ lane: Route = orders, limit: Int = 10, owner: String = "me", at second: Int64 = 10) async throws
        -> [Claim]
    {
        try await claim(
            lane: lane.lane, limit: limit, bulkLimit: limit, owner: owner, now: at(second),
            leaseUntil: at(second + 60))
    }

    /// Claims the one delivery that must be there.
    func claimOne(_ lane: Route = orders, owner: String = "me", at second: Int64 = 10) async throws -> Claim {
        let claims = try await claim(lane, owner: owner, at: second)
        try #require(claims.count == 1)
        return claims[0]
    }

    @discardableResult
    func finish(_ claim: Claim, _ outcome: Outcome, at second: Int64 = 11) async throws -> Bool {
        try await finish(claim.lease, outcome, .sample(at: second)) != nil
    }
}

extension Inspection {
    func deliveries(of event: EventID) async throws -> [DeliveryOverview] {
        try #require(try await self.event(event)).event.deliveries
    }

    func state(of event: EventID) async throws -> DeliveryState {
        let deliveries = try await deliveries(of: event)
        try #require(deliveries.count == 1)
        return deliveries[0].state
    }
}

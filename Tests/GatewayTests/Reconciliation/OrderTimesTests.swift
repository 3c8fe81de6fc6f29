import Flows
import Relay
import Testing

@testable import Gateway

@Suite("How long orders take to their sales order")
struct OrderTimesTests {
    private static let hour = Duration.seconds(3600)

    private static func claim(
        _ id: Int64, placed: String?, receivedAt: Timestamp, flow: String = OrderToSalesOrder.name
    )
        -> Claim
    {
        let created = placed.map { #","created_at":"\#($0)""# } ?? ""
        let body = """
            {"increment_id":"1","order_currency_code":"EUR","base_currency_code":"EUR","subtotal":1,"grand_total":1,
             "items":[{"item_id":1,"sku":"A","qty_ordered":1,"price":1,"row_total":1}]\(created)}
            """
        let event = StoredEvent(
            id: EventID(id), source: "commerce", kind: "order", subject: "order 1", receivedAt: receivedAt,
            body: Array(body.utf8))
        return Claim(
            lease: Lease(delivery: DeliveryID(id), attempt: 1, owner: "me"), event: event,
            route: Route(flow: flow, lane: "dynamics/\(flow)"), failures: 0)
    }

    private static func carry(_ claim: Claim, _ times: OrderTimes) {
        times.notice(.started(claim))
        for name in ["customer", "header", "line 1"] {
            times.notice(.step(claim.lease, name: name, event: claim.event.id, subject: "order 1", result: "x"))
        }
        times.notice(.finished(claim, .done(summary: nil), took: .zero))
    }

    @Test("counts from the shop's own time of the order, or else from its arrival")
    func measures() {
        let clock = HandClock()
        let times = OrderTimes(rule: .init(limit: .seconds(600), count: 1, within: Self.hour), clock: clock)
        // The clock stands at 2026-01-01 10:00:12.447.
        Self.carry(Self.claim(1, placed: "2026-01-01 09:00:12", receivedAt: clock.now()), times)
        Self.carry(Self.claim(2, placed: nil, receivedAt: clock.now() + .seconds(-20)), times)
        Self.carry(Self.claim(3, placed: nil, receivedAt: clock.now() + .seconds(-90), flow: "Other"), times)
        let reading = times.reading(at: clock.now())
        #expect(reading.summary.count == 2 && reading.late == 1)
        #expect(reading.summary.longest == .milliseconds(3_600_447))
        #expect((Duration.seconds(20)...Duration.seconds(22)).contains(reading.summary.p50))
        #expect(times.metrics.contains(#"causeway_order_to_sales_order_seconds_bucket{le="30"} 1"#))
        #expect(times.metrics.contains("causeway_order_to_sales_order_seconds_count 2"))
    }

    @Test("an order that was placed in the future took no time")
    func clocksDiffer() {
        let clock = HandClock()
        let times = OrderTimes(rule: nil, clock: clock)
        Self.carry(Self.claim(1, placed: "2026-01-01 11:00:00", receivedAt: clock.now()), times)
        #expect(times.reading(at: clock.now()).summary.longest == .zero)
        #expect(times.reading(at: clock.now()).late == 0)
    }

    @Test("what is older than a day counts no more, and its memory is given back")
    func forgets() {
        var window = OrderTimeWindow()
        let start = Timestamp(millisecondsSince1970: 1_767_225_600_000)
        for hour in 0..<48 {
            window.add(.seconds(hour), at: start + Self.hour * hour, limit: .seconds(40))
        }
        let end = start + Self.hour * 47
        #expect(window.summary(at: end).count == 24)
        #expect(window.summary(at: end).longest == .seconds(47))
        #expect(window.summary(at: end + Self.hour * 30) == .init())
        #expect(window.late(since: start + Self.hour * 45) == 3)
    }

    @Test("percentiles are at most a tenth too high", arguments: [(50, 5000), (95, 9500)])
    func percentiles(_ percent: Int, _ exact: Int) {
        var window = OrderTimeWindow()
        let now = Timestamp(millisecondsSince1970: 1_767_225_600_000)
        for milliseconds in 1...10_000 { window.add(.milliseconds(milliseconds), at: now, limit: nil) }
        let summary = window.summary(at: now)
        let found = percent == 50 ? summary.p50 : summary.p95
        #expect((Duration.milliseconds(exact)...Duration.milliseconds(exact * 11 / 10 + 1)).contains(found))
    }
}

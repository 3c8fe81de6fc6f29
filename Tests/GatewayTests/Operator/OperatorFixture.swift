import HTTPServer
import HTTPTypes
import Relay

@testable import Gateway

/// Events, and answers of the operator API, as its tests need them.
enum OperatorFixture {
    static let moment = Timestamp(millisecondsSince1970: 1_767_261_612_447)
    static let parked = Reason(code: "unknown-item", message: "Item AB-1 is unknown.", advice: "Release the item.")
    static let who = #""by":"anna","why":"mended""#

    static func detail(_ id: Int64) -> EventDetail {
        let delivery = DeliveryOverview(
            id: DeliveryID(7), flow: "OrderToSalesOrder", lane: "dynamics/OrderToSalesOrder", state: .parked,
            attempt: 1, failures: 1, dueAt: moment, finishedAt: nil, reason: parked)
        let exchange = Exchange(
            step: "header", destination: "dynamics", method: "POST", target: "/data/SalesOrderHeadersV2",
            status: 400, identifiers: ["ms-dyn-aid": "4f5c"], sentHeaders: ["prefer": "return=representation"],
            receivedHeaders: ["retry-after": "5"], sent: "{}", received: "no", startedAt: moment, milliseconds: 12)
        let record = AttemptRecord(
            startedAt: moment, finishedAt: moment + .milliseconds(40), exchanges: [exchange])
        let customer = StepRecord(
            name: "customer", intendedAt: moment, concludedAt: moment, result: Array(#""C-1""#.utf8))
        return EventDetail(
            event: EventOverview(
                id: EventID(id), source: "commerce", kind: "order", subject: "order 000000042", receivedAt: moment,
                bytes: 123, deliveries: [delivery]),
            dedupKey: "order 000000042 ff", bodyDigest: [0xAB, 0xCD],
            deliveries: [
                DeliveryDetail(
                    overview: delivery, steps: [customer, StepRecord(name: "header", intendedAt: moment)],
                    attempts: [
                        AttemptDetail(attempt: 1, owner: "a", state: .parked, reason: parked, record: record)
                    ])
            ],
            links: [Link(key: LinkKey(kind: "customer", scope: "usmf", key: "a@b.c"), value: "C-1")])
    }

    static func routes(events: Int64 = 1) throws -> RouteFixture {
        let routes = try RouteFixture()
        routes.store.with { $0.events = (1...events).reversed().map(detail) }
        return routes
    }

    /// Every route, with a body that it accepts.
    static let all: [(method: HTTPRequest.Method, path: String, query: String?, body: String)] = [
        (.get, "/lanes", nil, ""), (.get, "/events", nil, ""), (.get, "/events/1", nil, ""),
        (.get, "/events/1/body", nil, ""), (.post, "/events/1/replay", nil, "{\(who)}"),
        (.post, "/events/1/release", nil, "{\(who)}"), (.post, "/events/1/skip", nil, "{\(who)}"),
        (.post, "/events/1/resend", nil, #"{"patches":{"header":{"A":1}},\#(who)}"#),
        (.get, "/trace", "order=000000042", ""), (.get, "/acts", nil, ""), (.get, "/gaps", nil, ""),
        (.post, "/replays", nil, #"{"dryRun":true}"#), (.post, "/skips", nil, #"{"dryRun":true}"#),
        (.get, "/replays/1", nil, ""), (.get, "/skips/1", nil, ""),
        (.post, "/lanes/dynamics/pause", nil, "{\(who)}"), (.post, "/lanes/dynamics/resume", nil, "{\(who)}"),
        (.post, "/lanes/dynamics/OrderToSalesOrder/pause", nil, "{\(who)}"),
        (.post, "/lanes/dynamics/OrderToSalesOrder/resume", nil, "{\(who)}"),
    ]

    /// The routes of what is polled; none is in these tests.
    static let pollers: [(method: HTTPRequest.Method, path: String, query: String?, body: String)] = [
        (.get, "/pollers", nil, ""), (.post, "/pollers/commerce/orders/run", nil, "{}"),
        (.post, "/pollers/commerce/orders/rewind", nil, #"{"to":"2026-01-01",\#(who)}"#),
    ]

    /// The routes of comparisons and of the synthetic order.
    static let reconciliations: [(method: HTTPRequest.Method, path: String, query: String?, body: String)] = [
        (.get, "/reconciliations", nil, ""), (.post, "/reconciliations", nil, #"{"by":"anna"}"#),
        (.get, "/reconciliations/1", nil, ""),
        (.post, "/reconciliations/1/findings/1/repair", nil, "{\(who)}"),
        (.post, "/reconciliations/1/findings/1/accept", nil, "{\(who)}"),
        (.get, "/synthetic-order", nil, ""), (.post, "/synthetic-order", nil, "{\(who)}"),
    ]

    /// The routes of mapping documents, which need no store but for what they write down.
    static let mappings: [(method: HTTPRequest.Method, path: String, query: String?, body: String)] = [
        (.get, "/mappings", nil, ""), (.get, "/mappings/order-header", nil, ""),
        (.put, "/mappings/order-header", "by=anna&why=mended", "mapping: order-header"),
        (.delete, "/mappings/order-header", "by=anna&why=mended", ""), (.post, "/mappings/reload", nil, "{\(who)}"),
        (.post, "/mappings/order-header/try", nil, #"{"records":{"order":{}}}"#),
    ]

    /// The routes that look after the store, and the alerts.
    static let care: [(method: HTTPRequest.Method, path: String, query: String?, body: String)] = [
        (.get, "/alerts", nil, ""), (.get, "/backups", nil, ""), (.post, "/backups", nil, ""),
        (.get, "/jobs", nil, ""), (.get, "/jobs/1", nil, ""), (.get, "/jobs/1/package", nil, ""),
        (
            .post, "/jobs", nil,
            #"{"kind":"import","project":"p","entity":"e","legalEntity":"usmf","data":"A\nb\n"}"#
        ),
        (.get, "/sealing", nil, ""), (.post, "/sealing", nil, ""), (.get, "/erasures", nil, ""),
        (.post, "/erasures", nil, #"{"email":"a@b.c","dryRun":true}"#),
    ]

    /// The routes of value tables.
    static let values: [(method: HTTPRequest.Method, path: String, query: String?, body: String)] = [
        (.get, "/values", nil, ""), (.get, "/values/units", nil, ""),
        (.put, "/values/units", "by=anna&why=mended", "unit,SalesUnitSymbol\nkg,kg\n"),
        (.get, "/values/units/kg", nil, ""), (.put, "/values/units/kg", nil, row),
        (.patch, "/values/units/kg", nil, row),
        (.delete, "/values/units/kg", "by=anna&why=mended", ""),
    ]

    private static let row = #"{"values":{"SalesUnitSymbol":"kg"},\#(who)}"#

    static var changes: [String] { all.filter { $0.method == .post }.map(\.path) }
}

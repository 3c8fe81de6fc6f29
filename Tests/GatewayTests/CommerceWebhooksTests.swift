import Commerce
import Cryptography
import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

private let order =
    #"{"eventName":"sales_order_place_after","data":{"order":{"increment_id":"000000042","store_id":"1"}}}"#

@Suite("POST /webhooks/commerce/{kind}")
struct CommerceWebhooksTests {
    @Test("acknowledges a signed order once it is stored, with body, digest and route")
    func accepted() async throws {
        let routes = try RouteFixture()
        let response = await routes.webhook(order)
        #expect(response.status == .ok)
        #expect(response.text == #"{"op":"success"}"#)
        #expect(response.headers[.contentType] == "application/json")
        let event = try #require(routes.store.with { $0.appended.first })
        #expect(event.source == "commerce" && event.kind == "order" && event.subject == "order 000000042")
        #expect(event.body == Array(order.utf8))
        #expect(event.bodyDigest == SHA256.hash(event.body))
        #expect(event.routes == [Route(flow: "OrderToSalesOrder", lane: "dynamics/OrderToSalesOrder")])
        #expect(event.receivedAt == routes.clock.now())
    }

    @Test("acknowledges the same bytes again without storing them again, and counts them")
    func duplicate() async throws {
        let routes = try RouteFixture()
        for _ in 1...3 { #expect(await routes.webhook(order).status == .ok) }
        #expect(routes.store.with { $0.appended.count } == 1)
        let text = routes.metrics.registry.text()
        #expect(text.contains(#"causeway_events_accepted_total{kind="order",source="commerce"} 1"#))
        #expect(text.contains(#"causeway_events_duplicate_total{kind="order",source="commerce"} 2"#))
    }

    @Test("takes a later change of the same order as another event")
    func laterChange() async throws {
        let routes = try RouteFixture()
        _ = await routes.webhook(order)
        _ = await routes.webhook(order.replacing("place", with: "save"))
        #expect(
            routes.store.with { $0.appended.map(\.subject) } == ["order 000000042", "order 000000042"])
    }

    @Test(
        "acknowledges every other kind of record once it is stored; what no flow carries waits for none",
        arguments: [
            ("invoice", #"{"data":{"invoice":{"entity_id":"17","state":"2"}}}"#, "invoice 17", "invoice 17 state 2"),
            ("creditmemo", #"{"data":{"creditmemo":{"entity_id":3}}}"#, "creditmemo 3", "creditmemo 3"),
            ("return", #"{"data":{"rma":{"entity_id":9}}}"#, "return 9", nil),
            ("customer", #"{"data":{"customer":{"id":5}}}"#, "customer 5", nil),
            ("company", #"{"data":{"company":{"entity_id":3}}}"#, "company 3", nil),
            ("quote", #"{"data":{"quote":{"entity_id":7}}}"#, "quote 7", nil),
        ] as [(String, String, String, String?)])
    func records(kind: String, body: String, subject: String, key: String?) async throws {
        let routes = try RouteFixture()
        #expect(await routes.webhook(body, kind: kind).status == .ok)
        let event = try #require(routes.store.with { $0.appended.first })
        #expect(event.kind == kind && event.subject == subject)
        #expect(event.dedupKey == key ?? "\(subject) \(Hex.encode(event.bodyDigest))")
        #expect(event.routes == RelaySettings().recordRoutes[try #require(CommerceRecordKind(rawValue: kind))])
        let wrong = await routes.webhook("{}", kind: kind)
        #expect(wrong.status == .unprocessableContent && wrong.problemDetail.contains(kind))
    }

    @Test("answers an unknown kind with 404 and says which kinds exist, before it looks at the signature")
    func unknownKind() async throws {
        let response = try await RouteFixture().webhook(order, kind: "shipment", signature: "none")
        #expect(response.status == .notFound && response.problemSlug == "unknown-kind")
        #expect(
            response.problemDetail.contains(
                "Known kinds: company, creditmemo, customer, invoice, order, quote, return"))
    }

    @Test("answers a request without a signature with 401 and says how to enable signatures")
    func missingSignature() async throws {
        let routes = try RouteFixture()
        let response = await routes.send(.post, "/webhooks/commerce/order", body: order)
        #expect(response.status == .unauthorized && response.problemSlug == "missing-signature")
        #expect(response.headers[.wwwAuthenticate] != nil)
        #expect(routes.store.with { $0.appended.isEmpty })
    }

    @Test(
        "answers a wrong signature with 401, whatever it looks like",
        arguments: [RouteFixture.signature(of: "{}"), "not base64 !", "AAAA", String(repeating: "A", count: 5000)])
    func invalidSignature(signature: String) async throws {
        let routes = try RouteFixture()
        let response = await routes.webhook(order, signature: signature)
        #expect(response.status == .unauthorized && response.problemSlug == "invalid-signature")
        #expect(routes.store.with { $0.appended.isEmpty })
    }

    @Test(
        "answers what is signed but is not JSON with 400",
        arguments: ["", "{", "{\"data\":", "<order/>", "{\"data\":{\"order\":{\"increment_id\":\"1\"}}} x"])
    func malformed(body: String) async throws {
        let response = try await RouteFixture().webhook(body)
        #expect(response.status == .badRequest && response.problemSlug == "malformed-json")
    }

    @Test(
        "answers JSON without an order's number with 422 and names the field",
        arguments: [
            ("{}", "data.order"), ("[]", "data.order"), (#"{"data":{"order":{}}}"#, "data.order.increment_id"),
            (#"{"data":{"order":{"increment_id":""}}}"#, "data.order.increment_id"),
            (#"{"data":{"order":{"increment_id":{"a":1}}}}"#, "data.order.increment_id"),
        ])
    func unusable(body: String, field: String) async throws {
        let response = try await RouteFixture().webhook(body)
        #expect(response.status == .unprocessableContent && response.problemSlug == "unusable-body")
        #expect(response.problemDetail.contains(field))
    }

    @Test(
        "does not acknowledge what the store did not take, and says when to come back",
        arguments: [
            (StoreFault.overloaded(limit: 1), 1...4), (.full("disk"), 30...30), (.failed("io"), 5...5),
            (.closed("bye"), 60...60),
        ])
    func unavailable(fault: StoreFault, seconds: ClosedRange<Int>) async throws {
        let response = try await RouteFixture(store: FakeStore(fault: fault)).webhook(order)
        #expect(response.status == .serviceUnavailable && response.problemSlug == "store-unavailable")
        #expect(Int(response.headers[.retryAfter] ?? "").map(seconds.contains) == true)
    }

    @Test("answers other methods with 405")
    func otherMethods() async throws {
        let response = try await RouteFixture().send(.get, "/webhooks/commerce/order")
        #expect(response.status == .methodNotAllowed && response.headers[.allow]?.contains("POST") == true)
    }
}

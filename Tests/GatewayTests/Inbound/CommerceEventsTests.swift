import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import Relay
import Synchronization
import Testing

@testable import Gateway

private let path = "/events/commerce"

@Suite("GET and POST /events/commerce")
struct CommerceEventsTests {
    private func post(_ routes: RouteFixture, _ body: String) async throws -> Response {
        await routes.send(.post, path, headers: try AdobeSender.headers(body), body: body)
    }

    @Test("stores an order's event for the flow of webhooks, with the subject that a webhook has")
    func order() async throws {
        let routes = try RouteFixture()
        let body = AdobeSender.event()
        let response = try await post(routes, body)
        #expect(response.status == .ok && response.json("result") == "stored")
        let event = try #require(routes.store.with { $0.appended.first })
        #expect(event.source == "commerce" && event.kind == "order" && event.subject == "order 000000042")
        #expect(event.dedupKey == "event e-1" && event.body == Array(body.utf8))
        #expect(event.bodyDigest == SHA256.hash(event.body) && event.version == 1_767_225_600_000)
        #expect(event.routes == [Route(flow: "OrderToSalesOrder", lane: "dynamics/OrderToSalesOrder")])
        #expect(try await post(routes, body).json("result") == "duplicate")
        #expect(routes.signals.lastArrivals["commerceEvents"] == routes.clock.now())
    }

    @Test("stores a batch in its sequence, and what no flow handles without deliveries")
    func batch() async throws {
        let routes = try RouteFixture()
        let other = AdobeSender.event(id: "e-2", type: "observer.catalog_product_save_commit_after")
        let unreadable = AdobeSender.event(id: "e-3").replacing("increment_id", with: "x")
        let response = try await post(routes, "[\(AdobeSender.event()), \(other), \(unreadable)]")
        #expect(response.json("result") == "stored")
        let events = routes.store.with { $0.appended }
        #expect(events.map(\.dedupKey) == ["event e-1", "event e-2", "event e-3"])
        #expect(events.map(\.routes.count) == [1, 0, 1])
        #expect(events[1].kind == "com.adobe.commerce.observer.catalog_product_save_commit_after")
        #expect(events[1].body == Array(other.utf8))
        // Parked by the flow, and so seen by a person.
        #expect(events[2].kind == "order" && events[2].subject.hasSuffix(" e-3"))
    }

    struct Refused: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var body = AdobeSender.event()
        var change: @Sendable (inout HTTPFields) throws -> Void = { _ in }
        let status: Int
        let slug: String
        var isCounted = true
    }

    static let refused = [
        Refused(
            testDescription: "no signature", change: { $0 = [:] }, status: 401, slug: "missing-signature"),
        Refused(
            testDescription: "a signature of another body",
            change: { $0 = try AdobeSender.headers(AdobeSender.event("000000043")) }, status: 401,
            slug: "invalid-signature"),
        Refused(
            testDescription: "a signature of another key",
            change: { $0 = try AdobeSender.headers(AdobeSender.event(), key: TokenIssuer.key) }, status: 401,
            slug: "invalid-signature"),
        Refused(
            testDescription: "an HMAC although no client secret is configured",
            change: { $0 = HTTPFields([("x-adobe-signature", "ZG07Bw/vvOaaR++bv/vT+lo+7bu3imUrjrPmgqysB/8=")]) },
            status: 401, slug: "missing-signature"),
        Refused(
            testDescription: "another client's event", body: AdobeSender.event(client: "stranger"), status: 403,
            slug: "wrong-client"),
        Refused(
            testDescription: "a batch with one of another client",
            body: "[\(AdobeSender.event()),\(AdobeSender.event(id: "e-2", client: "stranger"))]", status: 403,
            slug: "wrong-client"),
        Refused(testDescription: "no JSON", body: "{", status: 400, slug: "malformed-json", isCounted: false),
        Refused(testDescription: "no event", body: "{}", status: 422, slug: "unusable-body", isCounted: false),
        Refused(
            testDescription: "a batch with one that is no event", body: "[\(AdobeSender.event()),{}]", status: 422,
            slug: "unusable-body", isCounted: false),
        Refused(
            testDescription: "a registration's question from elsewhere",
            body: #"{"validationUrl":"https://csm.adobe.io.evil.example/csm/registrations/validate?id=1"}"#,
            status: 422,
            slug: "unusable-body"),
        Refused(
            testDescription: "a registration's question that leads into the network",
            body: #"{"validationUrl":"http://169.254.169.254/latest/meta-data"}"#, status: 422, slug: "unusable-body"),
    ]

    @Test("refuses, counts and does not store", arguments: refused)
    func refuses(_ row: Refused) async throws {
        let routes = try RouteFixture()
        var headers = try AdobeSender.headers(row.body)
        try row.change(&headers)
        let response = await routes.send(.post, path, headers: headers, body: row.body)
        #expect(response.status.code == row.status && response.problemSlug == row.slug, "\(response.text)")
        #expect(routes.store.with { $0.appended.isEmpty })
        #expect(routes.refusals("commerceEvents") == (row.isCounted ? 1 : 0))
        #expect(!response.text.contains(AdobeSender.clientID))
    }

    @Test("takes older signatures where a client secret is configured")
    func hmac() async throws {
        let secret = "a-client-secret-of-some-length"
        let routes = try RouteFixture {
            $0.commerce.events?.clientSecrets = [Secret("another-of-before"), Secret(secret)]
        }
        let body = AdobeSender.event()
        let code = Base64.encode(HMACSHA256.code(key: Array(secret.utf8), message: Array(body.utf8)))
        let headers = HTTPFields([("x-adobe-signature", code)])
        #expect(await routes.send(.post, path, headers: headers, body: body).status == .ok)
        #expect(await routes.send(.post, path, headers: headers, body: body + " ").status == .unauthorized)
    }

    @Test("answers what the store did not take, or what cannot be checked now, with 503, which Adobe sends again")
    func unavailable() async throws {
        let full = try RouteFixture(store: FakeStore(fault: .full("disk")))
        #expect(try await post(full, AdobeSender.event()).problemSlug == "store-unavailable")
        let offline = try RouteFixture { $0.commerce.events?.publicKeys = [] }
        let response = try await post(offline, AdobeSender.event())
        #expect(response.status == .serviceUnavailable && response.problemSlug == "keys-unavailable")
        #expect(response.headers[.retryAfter] != nil && offline.refusals("commerceEvents") == 0)
    }

    @Test("repeats the word that a registration asks for, as plain text")
    func challenge() async throws {
        let routes = try RouteFixture()
        let response = await routes.send(.get, path, query: "a=b&challenge=8c5c1c1e-5b8a%2B1")
        #expect(response.status == .ok && response.text == "8c5c1c1e-5b8a+1")
        #expect(response.headers[.contentType]?.hasPrefix("text/plain") == true)
        #expect(HTTPField.Name("x-content-type-options").flatMap { response.headers[$0] } == "nosniff")
    }

    @Test(
        "repeats nothing that a browser could take for a page, and nothing long",
        arguments: [
            nil, "", "challenge=", "challenge=%3Cscript%3E", "challenge=a&challenge=b",
            "challenge=\(String(repeating: "a", count: 257))",
        ])
    func badChallenge(query: String?) async throws {
        let response = await (try RouteFixture()).send(.get, path, query: query)
        #expect(response.status == .badRequest && response.problemSlug == "invalid-parameter")
    }

    @Test("calls Adobe's own address when a registration asks for it, once in a while")
    func registration() async throws {
        let transport = CallNotes()
        let routes = try RouteFixture(transport: transport)
        let body = #"{"validationUrl":"https://csm.adobe.io/csm/registrations/validate?id=1&challenge=2"}"#
        for _ in 1...3 { #expect(await routes.send(.post, path, body: body).json("result") == "validation") }
        var calls = transport.calls.makeAsyncIterator()
        #expect(await calls.next() == "GET https://csm.adobe.io/csm/registrations/validate?id=1&challenge=2")
        routes.clock.advance(by: EventRegistration.leastPause)
        #expect(await routes.send(.post, path, body: body.replacing("=1", with: "=7")).status == .ok)
        #expect(await calls.next() == "GET https://csm.adobe.io/csm/registrations/validate?id=7&challenge=2")
    }

    @Test("does not exist where it is not configured")
    func off() async throws {
        let routes = try RouteFixture { $0.commerce.events = nil }
        #expect(try await post(routes, AdobeSender.event()).problemSlug == "not-found")
    }
}

/// Answers 200, and tells what was called.
final class CallNotes: HTTPTransport {
    let calls: AsyncStream<String>
    private let note: AsyncStream<String>.Continuation

    init() { (calls, note) = AsyncStream.makeStream() }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        note.yield("\(request.method) \(request.url)")
        return OutboundResponse(status: 200)
    }
}

import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

private let path = "/events/dynamics/the-token-of-the-event-grid"
private let topic = "/subscriptions/1/topics/d365-events"
private let invoice = """
    {"BusinessEventId":"SalesInvoicePostedBusinessEvent","BusinessEventLegalEntity":"USMF",\
    "ControlNumber":5637912077,"EventId":"A1C0D4B2-7E35-4B0E-9C55-2F1B6E0D7A90",\
    "InvoiceId":"CIV-000781","LegalEntity":"usmf","SalesOrderId":"SO-004512"}
    """

private func grid(_ data: String = invoice, topic: String = topic, type: String = "X") -> String {
    #"{"id":"1","topic":"\#(topic)","subject":"","eventType":"\#(type)","eventTime":"2026-01-01T00:00:00Z","data":\#(data)}"#
}

private func cloud(_ data: String = invoice) -> String {
    #"{"specversion":"1.0","id":"1","source":"\#(topic)","type":"X","data":\#(data)}"#
}

@Suite("POST /events/dynamics/{token} for Event Grid")
struct EventGridTests {
    private func routes(_ change: (inout EventGridSettings) -> Void = { _ in }) throws -> RouteFixture {
        try RouteFixture { configuration in
            var settings = EventGridSettings(
                tokens: [Secret("the-token-of-the-event-grid")], topics: ["/other", topic.uppercased()])
            change(&settings)
            configuration.dynamics.businessEvents.eventGrid = settings
        }
    }

    @Test(
        "stores the business event as F&O wrote it, once, whichever way it came",
        arguments: ["[\(grid())]", cloud(), "[\(cloud())]"])
    func unwrapped(body: String) async throws {
        let routes = try routes()
        #expect(await routes.send(.post, path, body: body).status == .accepted)
        let event = try #require(routes.store.with { $0.appended.first })
        #expect(event.body == Array(invoice.utf8) && event.subject == "sales order usmf/SO-004512")
        #expect(event.source == "dynamics" && event.routes == [RelaySettings().route(of: .invoiceToCommerce)])
        let direct = await routes.send(.post, "/events/dynamics/unguessable-event-token", body: invoice)
        #expect(direct.json("result") == "duplicate")
        #expect(routes.signals.lastArrivals["eventGrid"] != nil)
    }

    @Test("stores a batch in its sequence, and leaves test events out")
    func batch() async throws {
        let routes = try routes()
        let test = #"{"BusinessEventId":"BusinessEventsTestEndpointContract","ControlNumber":1,"EventId":"T"}"#
        let second = invoice.replacing("CIV-000781", with: "CIV-000782")
        let response = await routes.send(.post, path, body: "[\(grid()),\(grid(test)),\(grid(second)),\(grid("7"))]")
        #expect(response.json("result") == "stored")
        #expect(
            routes.store.with { $0.appended.map(\.kind) } == Array(
                repeating: "SalesInvoicePostedBusinessEvent", count: 2) + ["X"])
        #expect(await routes.send(.post, path, body: "[\(grid(test))]").json("result") == "test")
        #expect(routes.metrics.registry.text().contains(#"causeway_events_test_total{source="dynamics"} 2"#))
    }

    @Test("consents to a subscription of an allowed topic with the code that it was sent")
    func validation() async throws {
        let routes = try routes()
        let type = "Microsoft.EventGrid.SubscriptionValidationEvent"
        let question = grid(#"{"validationCode":"512d38b6-c7b8","validationUrl":"https://x"}"#, type: type)
        let response = await routes.send(.post, path, body: "[\(question)]")
        #expect(response.status == .ok && response.text == #"{"validationResponse":"512d38b6-c7b8"}"#)
        #expect(routes.store.with { $0.appended.isEmpty })
        let foreign = await routes.send(
            .post, path, body: "[\(question.replacing(topic, with: "/subscriptions/2/topics/x"))]")
        #expect(foreign.status == .forbidden && !foreign.text.contains("512d38b6"))
        let stranger = await routes.send(.post, "/events/dynamics/a-token-of-a-stranger", body: "[\(question)]")
        #expect(stranger.status == .notFound && !stranger.text.contains("512d38b6"))
        let direct = await routes.send(.post, "/events/dynamics/unguessable-event-token", body: "[\(question)]")
        #expect(direct.status == .unprocessableContent && !direct.text.contains("512d38b6"))
        #expect(await routes.send(.post, path, body: "[\(question),\(grid())]").problemSlug == "unusable-body")
    }

    @Test("refuses a request with one event of a foreign topic as a whole")
    func topics() async throws {
        let routes = try routes()
        for other in ["/subscriptions/1/topics/d365-events-2", "", "*"] {
            let response = await routes.send(
                .post, path, body: "[\(grid()),\(grid(topic: other.isEmpty ? "/" : other))]")
            #expect(response.status == .forbidden && response.problemSlug == "foreign-topic")
        }
        #expect(routes.store.with { $0.appended.isEmpty } && routes.refusals("eventGrid") == 3)
    }

    @Test("demands the header that is configured, with any one of its values")
    func header() async throws {
        let routes = try routes {
            $0.header = .init(
                name: "x-causeway-key", values: [Secret("the-key-of-before"), Secret("the-key-of-now")])
        }
        func status(_ pairs: [(String, String)]) async -> Int {
            await routes.send(.post, path, headers: HTTPFields(pairs), body: "[\(grid())]").status.code
        }
        #expect(await status([("x-causeway-key", "the-key-of-now")]) == 202)
        #expect(await status([("X-Causeway-Key", "the-key-of-before")]) == 202)
        #expect(await status([]) == 401)
        #expect(await status([("x-causeway-key", "the-key-of-nobody")]) == 401)
        #expect(routes.refusals("eventGrid") == 2)
    }

    private static let claims = """
        {"aud":"api://causeway","iss":"https://login.microsoftonline.com/\(TokenIssuer.tenant)/v2.0",\
        "exp":\(TokenIssuer.now + 600),"azp":"4962773b-9cdb-44cf-a8bf-237846a00ab7"}
        """

    private func secured() throws -> RouteFixture {
        let keys = try TokenIssuer.keys()
        return try routes {
            $0.bearer = .init(tenant: TokenIssuer.tenant, audiences: ["api://causeway"], keys: keys)
        }
    }

    @Test(
        "demands a token where it is configured, of version 1 or 2",
        arguments: [
            ("", ""),
            (
                "https://login.microsoftonline.com/\(TokenIssuer.tenant)/v2.0",
                "https://sts.windows.net/\(TokenIssuer.tenant)/"
            ),
            ("azp", "appid"),
        ])
    func bearer(piece: String, other: String) async throws {
        let routes = try secured()
        let claims = piece.isEmpty ? Self.claims : Self.claims.replacing(piece, with: other)
        let headers = try TokenIssuer.bearer(claims)
        #expect(await routes.send(.post, path, headers: headers, body: "[\(grid())]").status == .accepted)
        let missing = await routes.send(.post, path, body: "[\(grid())]")
        #expect(missing.status == .unauthorized && missing.problemSlug == "missing-token")
        #expect(missing.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
    }

    struct Wrong: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let piece: String
        let other: String
    }

    static let wrong = [
        Wrong(testDescription: "audience", piece: "api://causeway", other: "api://other"),
        Wrong(testDescription: "tenant", piece: TokenIssuer.tenant, other: "00000000-0000-4000-8000-000000000002"),
        Wrong(testDescription: "issuer", piece: "login.microsoftonline.com", other: "login.evil.example"),
        Wrong(testDescription: "application", piece: "4962773b", other: "5962773b"),
        Wrong(testDescription: "time", piece: "\(TokenIssuer.now + 600)", other: "\(TokenIssuer.now - 600)"),
    ]

    @Test("refuses a token of another", arguments: wrong)
    func wrongToken(_ row: Wrong) async throws {
        let routes = try secured()
        let headers = try TokenIssuer.bearer(Self.claims.replacing(row.piece, with: row.other))
        let response = await routes.send(.post, path, headers: headers, body: "[\(grid())]")
        #expect(response.status == .unauthorized && response.problemSlug == "invalid-token")
        #expect(routes.store.with { $0.appended.isEmpty } && routes.refusals("eventGrid") == 1)
        let forged = try TokenIssuer.bearer(Self.claims, key: AdobeSender.key)
        #expect(await routes.send(.post, path, headers: forged, body: "[\(grid())]").problemSlug == "invalid-token")
    }

    @Test("answers with 503 while the keys of the issuer cannot be had")
    func offline() async throws {
        let routes = try routes { $0.bearer = .init(tenant: TokenIssuer.tenant, audiences: ["api://causeway"]) }
        let response = await routes.send(
            .post, path, headers: try TokenIssuer.bearer(Self.claims), body: "[\(grid())]")
        #expect(response.status == .serviceUnavailable && response.problemSlug == "keys-unavailable")
        #expect(routes.refusals("eventGrid") == 0)
    }

    @Test("does not acknowledge what the store did not take")
    func unavailable() async throws {
        let routes = try routes()
        routes.store.with { $0.fault = .overloaded(limit: 1) }
        #expect(await routes.send(.post, path, body: "[\(grid())]").status == .serviceUnavailable)
    }
}

@Suite("POST /events/dynamics/{token} for Dataverse")
struct DataverseTests {
    private static let event = """
        {"MessageName":"Update","PrimaryEntityName":"account","PrimaryEntityId":"7e1f2a00-0000-4000-8000-000000000001",\
        "OperationCreatedOn":"/Date(1767261612000+0000)/","CorrelationId":"0b7d5a3e-58d8-4c0f-9f7a-1f2f0e9a7c11"}
        """

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let signIn: DataverseSettings.SignIn
        var headers: [String: String] = [:]
        var query: String?
        let status: Int
    }

    static let pairs = [
        "x-key": [Secret("the-key-of-before"), Secret("the-key-of-now")], "x-name": [Secret("causeway-gateway")],
    ]
    static let rows = [
        Row(
            testDescription: "both headers", signIn: .headers(pairs),
            headers: ["x-key": "the-key-of-now", "x-name": "causeway-gateway"], status: 202),
        Row(
            testDescription: "one header", signIn: .headers(pairs), headers: ["x-key": "the-key-of-now"], status: 401),
        Row(
            testDescription: "headers in the query", signIn: .headers(pairs),
            query: "x-key=the-key-of-now&x-name=causeway-gateway", status: 401),
        Row(
            testDescription: "both query values", signIn: .query(pairs),
            query: "a=b&x-key=the-key-of-before&x-name=causeway%2Dgateway", status: 202),
        Row(
            testDescription: "a query value twice", signIn: .query(pairs),
            query: "x-key=the-key-of-now&x-key=x&x-name=causeway-gateway", status: 401),
        Row(
            testDescription: "the key", signIn: .webhookKey([Secret("the-key-of-now")]), query: "code=the-key-of-now",
            status: 202),
        Row(
            testDescription: "a wrong key", signIn: .webhookKey([Secret("the-key-of-now")]),
            query: "code=the-key-of-no", status: 401),
        Row(testDescription: "no key", signIn: .webhookKey([Secret("the-key-of-now")]), status: 401),
        Row(testDescription: "no key configured", signIn: .webhookKey([]), query: "code=", status: 401),
    ]

    private func routes(_ signIn: DataverseSettings.SignIn) throws -> RouteFixture {
        try RouteFixture {
            $0.dynamics.businessEvents.dataverse = DataverseSettings(
                tokens: [Secret("the-token-of-dataverse")], signIn: signIn)
            $0.dynamics.businessEvents.routes["Update:account"] = .invoiceToCommerce
        }
    }

    @Test("demands what the webhook is registered with", arguments: rows)
    func signIn(_ row: Row) async throws {
        let routes = try routes(row.signIn)
        let response = await routes.send(
            .post, "/events/dynamics/the-token-of-dataverse", query: row.query,
            headers: HTTPFields(row.headers.map { ($0.key, $0.value) }), body: Self.event)
        #expect(response.status.code == row.status, "\(response.text)")
        #expect(routes.refusals("dataverse") == (row.status == 401 ? 1 : 0))
        #expect(routes.store.with { $0.appended.count } == (row.status == 401 ? 0 : 1))
    }

    @Test("keeps an event whose row was cut out, under the row's id and for the configured flow")
    func cut() async throws {
        let routes = try routes(.webhookKey([Secret("the-key-of-now")]))
        let body = Self.event.replacing(
            "7e1f2a00-0000-4000-8000-000000000001", with: "00000000-0000-0000-0000-000000000000")
        func send(_ body: String, _ headers: HTTPFields) async -> Response {
            await routes.send(
                .post, "/events/dynamics/the-token-of-dataverse", query: "code=the-key-of-now", headers: headers,
                body: body)
        }
        let cut = HTTPFields([("x-ms-dynamics-msg-size-exceeded", "true")])
        #expect(await send(Self.event, cut).status == .accepted)
        #expect(await send(body, [:]).status == .unprocessableContent)
        #expect(await send(body, cut).status == .accepted)
        let events = routes.store.with { $0.appended }
        #expect(
            events.map(\.kind) == ["Update:account", "Update:account"] && events.allSatisfy { $0.routes.count == 1 })
        #expect(events.first?.subject == "account 7e1f2a00-0000-4000-8000-000000000001")
    }
}

import Dynamics
import Foundation
import HTTPClient
import HTTPTypes
import Relay
import SignIn
import Testing

private let base = "https://contoso.operations.dynamics.com/data"

@Suite("OData calls")
struct ODataClientTests {
    @Test("A look-up asks across companies, for named properties only, with a filter that is escaped")
    func lookUp() async throws {
        let transport = ScriptedTransport(.answer(200, #"{"value":[{"Name":"A","Price":0.1}]}"#))
        let filter = try ODataFilter.eq("dataAreaId", "usmf").and(.eq("Name", "O'Neil & Söhne+1"))
        let rows: [ThingRow] = try await odata(transport).rows("Things", where: filter, top: 2)
        #expect(rows == [ThingRow(Name: "A", Price: Decimal(string: "0.1"))])
        let request = try #require(transport.requests.first)
        #expect(request.method == .get)
        #expect(
            request.url == "\(base)/Things?$select=Name,Price"
                + "&$filter=dataAreaId%20eq%20'usmf'%20and%20Name%20eq%20'O''Neil%20%26%20S%C3%B6hne%2B1'"
                + "&$top=2&cross-company=true")
        #expect(request.body == nil)
        #expect(request.timeout == .seconds(30))
        #expect(request.headers[.authorization] == "Bearer token 1")
        #expect(request.headers[.accept] == "application/json")
        for name in ["OData-Version", "OData-MaxVersion"] {
            #expect(request.headers[try #require(HTTPField.Name(name))] == "4.0")
        }
    }

    @Test("A key read names every key field, escaped")
    func keyRead() async throws {
        let transport = ScriptedTransport(.answer(200, #"{"@odata.context":"x","Name":"A"}"#))
        let row: ThingRow? = try await odata(transport)
            .row("Things", key: ODataKey(["dataAreaId": "usmf", "Name": "A/B 'x'"]))
        #expect(row == ThingRow(Name: "A"))
        #expect(
            transport.requests.map(\.url) == [
                "\(base)/Things(dataAreaId='usmf',Name='A%2FB%20''x''')"
                    + "?$select=Name,Price&cross-company=true"
            ])
    }

    @Test("A row that is not there is nil")
    func missingRow() async throws {
        let row: ThingRow? = try await odata(ScriptedTransport(.answer(404, "{}")))
            .row("Things", key: ODataKey(["Name": "A"]))
        #expect(row == nil)
    }

    @Test("A create sends only what is set, and returns the row as D365 completed it")
    func create() async throws {
        let transport = ScriptedTransport(.answer(201, #"{"Name":"A","Price":49.90}"#))
        let row: ThingRow = try await odata(transport).create("Things", NewThing(Name: "A/B"))
        #expect(row == ThingRow(Name: "A", Price: Decimal(string: "49.9")))
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "\(base)/Things?cross-company=true")
        #expect(request.text == #"{"Name":"A/B"}"#)
        #expect(request.headers[.contentType] == "application/json")
        #expect(request.timeout == .seconds(60))
    }

    @Test("The deadlines are those that are configured")
    func deadlines() async throws {
        let transport = ScriptedTransport(.answer(200, #"{"value":[]}"#), .answer(201, #"{"Name":"A"}"#))
        let client = odata(transport, limits: ODataLimits(readTimeout: .seconds(5), writeTimeout: .seconds(7)))
        let _: [ThingRow] = try await client.rows("Things")
        let _: ThingRow = try await client.create("Things", NewThing(Name: "A"))
        #expect(transport.requests.map(\.timeout) == [.seconds(5), .seconds(7)])
    }

    @Test("A number that JSON does not know is not sent")
    func notFinite() async {
        let transport = ScriptedTransport()
        let fault = await fault {
            try await odata(transport).create("Things", NewThing(Name: "A", Price: .nan), as: ThingRow.self)
        }
        #expect(fault?.failureKind == .validation)
        #expect(fault?.reason.code == "d365-unencodable")
        #expect(transport.requests.isEmpty)
    }

    @Test("On-premises environments have a path of their own")
    func onPremises() async throws {
        let transport = ScriptedTransport(.answer(200, #"{"value":[]}"#))
        let client = ODataClient(
            environment: "https://ax.example/namespaces/AXSF", tokens: FixedTokens(), transport: transport)
        let _: [ThingRow] = try await client.rows("Things")
        #expect(transport.requests.first?.url.hasPrefix("https://ax.example/namespaces/AXSF/data/Things?") == true)
    }

    @Test("What a person changed of a record is sent, digit by digit, and stands in the audit trail")
    func patched() async throws {
        let transport = ScriptedTransport(.answer(201, #"{"Name":"B","Price":2}"#))
        let trail = Trail(redactor: EverythingRedactor())
        try await Trail.$current.withValue(trail) {
            try await RecordPatch.$current.withValue(Array(#"{"Name":null,"Price":110.10,"Pool":"WEB"}"#.utf8)) {
                let _: ThingRow = try await odata(transport).create("Things", NewThing(Name: "A", Price: 1))
            }
        }
        #expect(transport.requests.map(\.text) == [#"{"Price":110.10,"Pool":"WEB"}"#])
        #expect(trail.exchanges.map(\.sent) == [#"{"Price":110.10,"Pool":"WEB"}"#])
    }

    @Test("A patch that is no JSON parks the record, and nothing is sent")
    func malformedPatch() async {
        let transport = ScriptedTransport()
        let refusal = await RecordPatch.$current.withValue(Array("{".utf8)) {
            await fault { try await odata(transport).create("Things", NewThing(Name: "A"), as: ThingRow.self) }
        }
        #expect(refusal?.failureKind == .validation)
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "A refused token is renewed once and the call repeated, a create as well, since a 401 was not executed",
        arguments: [HTTPRequest.Method.get, .post])
    func freshToken(_ method: HTTPRequest.Method) async throws {
        let transport = ScriptedTransport(.answer(401), .answer(200, #"{"Name":"A","value":[]}"#))
        if method == .post {
            let _: ThingRow = try await odata(transport).create("Things", NewThing(Name: "A"))
        } else {
            let _: [ThingRow] = try await odata(transport).rows("Things")
        }
        #expect(transport.requests.map { $0.headers[.authorization] } == ["Bearer token 1", "Bearer token 2"])
        #expect(transport.requests.map(\.method) == [method, method])
        #expect(transport.requests[0].body == transport.requests[1].body)
    }

    @Test("A fresh token that is refused as well waits for the set-up, and says where D365 lists its clients")
    func stillUnauthorized() async {
        let transport = ScriptedTransport(.answer(401), .answer(401), .answer(200))
        let fault = await fault { try await odata(transport).rows("Things", as: ThingRow.self) }
        #expect(fault == .unauthorized(ODataCall(method: "GET", entitySet: "Things")))
        #expect(fault?.failureKind == .signInRefused)
        #expect(fault?.reason.advice?.contains("Microsoft Entra ID applications") == true)
        #expect(transport.requests.count == 2)
    }

    @Test("A failed sign-in is the error of the call, and nothing is sent")
    func noToken() async {
        struct NoTokens: AccessTokenSource {
            func token() async throws -> String {
                throw SignInFault.unavailable(.entra, status: 503, detail: "", retryAfter: nil)
            }
            func invalidate(_ token: String) async {}
        }
        let transport = ScriptedTransport()
        await #expect(throws: SignInFault.self) {
            try await odata(transport, tokens: NoTokens()).rows("Things", as: ThingRow.self)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("Each call is in the audit trail with path and bodies, without its host, under an identifier of its own")
    func trail() async throws {
        let trail = Trail(redactor: EverythingRedactor())
        let transport = ScriptedTransport(.answer(401, "no"), .failure(.interrupted("contoso:443")))
        _ = await Trail.$current.withValue(trail) {
            await fault { try await odata(transport).create("Things", NewThing(Name: "A"), as: ThingRow.self) }
        }
        #expect(trail.exchanges.map(\.target) == Array(repeating: "/data/Things?cross-company=true", count: 2))
        #expect(trail.exchanges.map(\.method) == ["POST", "POST"])
        #expect(trail.exchanges.map(\.status) == [401, nil])
        #expect(trail.exchanges.map(\.sent) == Array(repeating: #"{"Name":"A"}"#, count: 2))
        #expect(trail.exchanges.map(\.received) == ["no", nil])
        #expect(trail.exchanges.map(\.failure) == [nil, "interrupted: contoso:443"])
        #expect(trail.exchanges.allSatisfy { $0.destination == "dynamics" })
        let identifiers = Set(trail.exchanges.compactMap { $0.sentHeaders["x-ms-client-request-id"] })
        #expect(identifiers.count == 2)
    }
}

@Suite("Reading many pages")
struct ODataPagingTests {
    private static func page(_ name: String, next: String? = nil) -> ScriptedTransport.Reply {
        let link = next.map { #","@odata.nextLink":"\#($0)""# } ?? ""
        return .answer(200, #"{"value":[{"Name":"\#(name)"}]\#(link)}"#)
    }

    @Test("Next links are followed literally until there is none")
    func chain() async throws {
        let second = "https://CONTOSO.operations.dynamics.com/data/Things?$skiptoken=a%20'b"
        let transport = ScriptedTransport(
            Self.page("A", next: second), Self.page("B", next: "\(base)/Things?3"), Self.page("C"))
        let rows: [ThingRow] = try await odata(transport).rows("Things")
        #expect(rows.map(\.Name) == ["A", "B", "C"])
        #expect(transport.requests.dropFirst().map(\.url) == [second, "\(base)/Things?3"])
        #expect(transport.requests.allSatisfy { $0.headers[.authorization] == "Bearer token 1" })
    }

    @Test(
        "A next link to another server never gets our token",
        arguments: [
            "https://evil.example/data/Things", "https://contoso.operations.dynamics.com.evil.example/data",
            "https://contoso.operations.dynamics.com@evil.example/data",
            "https://contoso.operations.dynamics.com:8443/",
            "http://contoso.operations.dynamics.com/data/Things", "//evil.example/data", "/data/Things", "",
        ])
    func foreignLink(_ link: String) async {
        let transport = ScriptedTransport(Self.page("A", next: link), Self.page("B"))
        let fault = await fault { try await odata(transport).rows("Things", as: ThingRow.self) }
        #expect(fault == .foreignNextLink(ODataCall(method: "GET", entitySet: "Things")))
        #expect(fault?.failureKind == .misconfigured)
        #expect(transport.requests.count == 1)
    }

    @Test("A chain without end stops at the limit")
    func endless() async {
        let transport = ScriptedTransport(
            Self.page("A", next: "\(base)/2"), Self.page("B", next: "\(base)/3"), Self.page("C"))
        let fault = await fault {
            try await odata(transport, limits: ODataLimits(maxPages: 2)).rows("Things", as: ThingRow.self)
        }
        #expect(fault == .tooManyPages(ODataCall(method: "GET", entitySet: "Things"), limit: 2))
        #expect(transport.requests.count == 2)
    }
}

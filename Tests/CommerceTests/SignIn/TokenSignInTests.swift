import HTTPClient
import HTTPTypes
import Relay
import Testing

@testable import Commerce

@Suite("Tokens for Commerce")
struct TokenSignInTests {
    private let clock = ManualClock()

    private func admin(_ transport: ScriptedTransport) throws -> AdminSignIn {
        AdminSignIn(
            endpoint: try CommerceEndpoint(baseURL: "https://shop.example.com"), user: "erp", password: "pass-word",
            transport: transport, clock: clock)
    }

    private func ims(_ transport: ScriptedTransport) -> IMSSignIn {
        IMSSignIn(
            credentials: .init(clientID: "id", clientSecret: "p8e-secret", organization: "1@AdobeOrg"),
            transport: transport, clock: clock)
    }

    private static func answer(_ status: Int, _ body: String, _ headers: HTTPFields = [:]) -> ScriptedTransport {
        ScriptedTransport([.success(OutboundResponse(status: status, headers: headers, body: Fixture.bytes(body)))])
    }

    @Test("an administrator's token is asked for once, and again after its life")
    func administrator() async throws {
        let transport = ScriptedTransport(#""first""#, #""second""#)
        let source = try admin(transport)
        #expect(try await source.token() == "first")
        clock.advance(by: .seconds(3 * 3600))
        #expect(try await source.token() == "first")
        clock.advance(by: .seconds(3600))
        #expect(try await source.token() == "second")
        #expect(
            transport.calls.first
                == #"POST https://shop.example.com/rest/V1/integration/admin/token {"password":"pass-word","username":"erp"}"#
                || transport.calls.first
                    == #"POST https://shop.example.com/rest/V1/integration/admin/token {"username":"erp","password":"pass-word"}"#
        )
    }

    @Test("IMS is asked by form, for the scopes that Adobe documents")
    func service() async throws {
        let transport = ScriptedTransport(#"{"access_token":"t","token_type":"bearer","expires_in":86399}"#)
        #expect(try await ims(transport).token() == "t")
        #expect(
            transport.calls == [
                "POST https://ims-na1.adobelogin.com/ims/token/v3 client_id=id&client_secret=p8e-secret"
                    + "&grant_type=client_credentials&scope=openid%2CAdobeID%2Cemail%2Cprofile%2C"
                    + "additional_info.roles%2Cadditional_info.projectedProductContext%2Ccommerce.accs"
            ])
        #expect(transport.requests[0].headers[.contentType] == "application/x-www-form-urlencoded")
    }

    struct Refused: CustomTestStringConvertible, Sendable {
        let status: Int
        let body: String
        let advice: String
        var testDescription: String { "\(status) \(body)" }
    }

    @Test(
        "an administrator who is refused gets advice, and is not asked for again at once",
        arguments: [
            Refused(
                status: 401,
                body: #"{"message":"Bitte ...","parameters":{"active_providers":["google"]}}"#,
                advice: "make an integration"),
            Refused(
                status: 400,
                body: #"{"message":"Please use the 2fa provider-specific endpoints to obtain a token."}"#,
                advice: "make an integration"),
            Refused(
                status: 401, body: #"{"message":"You are required to configure personal Two-Factor Authorization"}"#,
                advice: "make an integration"),
            Refused(
                status: 401, body: #"{"message":"The account sign-in was incorrect."}"#,
                advice: "commerce.auth.adminToken"
            ),
            Refused(status: 404, body: "<html></html>", advice: "commerce.baseURL"),
        ])
    func administratorRefused(_ row: Refused) async throws {
        let transport = Self.answer(row.status, row.body)
        let source = try admin(transport)
        for _ in 0..<3 {
            let fault = await #expect(throws: CommerceSignInFault.self) { try await source.token() }
            #expect(fault?.failureKind == .signInRefused)
            #expect(fault?.reason.advice?.contains(row.advice) == true, "\(fault?.reason.advice ?? "")")
            clock.advance(by: .seconds(190))
        }
        #expect(transport.requests.count == 1)
    }

    @Test(
        "a client that IMS refuses is told what to change, and never its secret",
        arguments: [
            Refused(
                status: 401, body: #"{"error":"invalid_client","error_description":"invalid p8e-secret"}"#,
                advice: "clientSecret"),
            Refused(status: 400, body: #"{"error":"invalid_scope"}"#, advice: "scopes"),
            Refused(status: 400, body: #"{"error":"unauthorized_client"}"#, advice: "Server-to-Server"),
            Refused(status: 403, body: "", advice: "tokenURL"),
        ])
    func serviceRefused(_ row: Refused) async throws {
        let fault = await #expect(throws: CommerceSignInFault.self) {
            try await ims(Self.answer(row.status, row.body)).token()
        }
        #expect(fault?.reason.advice?.contains(row.advice) == true, "\(fault?.reason.advice ?? "")")
        #expect(fault.map { "\($0)".contains("p8e-secret") } == false)
    }

    @Test(
        "an answer that is neither a token nor a refusal says nothing about the credentials",
        arguments: [
            (503, "<html>", FailureKind.unavailable), (429, "", .throttled), (500, "", .unavailable),
            (200, "{}", .unreadable), (200, "", .unreadable), (200, #""a b""#, .unreadable),
        ] as [(Int, String, FailureKind)])
    func outages(_ status: Int, _ body: String, _ kind: FailureKind) async throws {
        for source in [try admin(Self.answer(status, body)).token, ims(Self.answer(status, body)).token] {
            let fault = await #expect(throws: CommerceSignInFault.self) { try await source() }
            #expect(fault?.failureKind == kind)
        }
    }

    @Test("a wait that the service asks for is kept")
    func retryAfter() async throws {
        let transport = Self.answer(429, "", [.retryAfter: "7"])
        let source = ims(transport)
        for _ in 0..<2 {
            let fault = await #expect(throws: CommerceSignInFault.self) { try await source.token() }
            #expect(fault?.retryAfter == .seconds(7))
        }
        #expect(transport.requests.count == 1)
    }
}

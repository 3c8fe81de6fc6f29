import HTTPServer
import HTTPTypes
import Testing

@testable import Gateway

private let order = #"{"data":{"order":{"increment_id":"000000042"}}}"#
private let organization = "0123ABC@AdobeOrg"

@Suite("Webhooks that sign in with IMS")
struct WebhookIMSTests {
    private func routes(signatures: Bool, _ demand: WebhookIMSSettings.Demand = .both) throws -> RouteFixture {
        let keys = try TokenIssuer.keys()
        return try RouteFixture {
            $0.commerce.webhookIMS = WebhookIMSSettings(
                clientIDs: ["hooks", "hooks-2"], organization: organization, keys: keys, demand: demand)
            if !signatures { $0.commerce.signatures = [] }
        }
    }

    private static let claims = """
        {"type":"access_token","client_id":"hooks","created_at":"\(TokenIssuer.now)000","expires_in":"86400000"}
        """

    private func headers(
        token: String? = claims, organization: String? = organization, signature: Bool = false
    ) throws -> HTTPFields {
        var headers = try token.map { try TokenIssuer.bearer($0) } ?? [:]
        var pairs: [(String, String)] = []
        if let organization { pairs.append(("x-gw-ims-org-id", organization)) }
        if signature { pairs.append(("x-adobe-commerce-webhook-signature", RouteFixture.signature(of: order))) }
        for field in HTTPFields(pairs) { headers[field.name] = field.value }
        return headers
    }

    private func send(_ routes: RouteFixture, _ headers: HTTPFields) async -> Response {
        await routes.send(.post, "/webhooks/commerce/order", headers: headers, body: order)
    }

    @Test("need no signature where none is configured")
    func alone() async throws {
        let routes = try routes(signatures: false)
        #expect(await send(routes, try headers()).text == #"{"op":"success"}"#)
        #expect(await send(routes, try headers(token: nil, signature: true)).problemSlug == "missing-token")
        #expect(routes.refusals("commerce") == 1)
    }

    @Test(
        "must be of the configured client and organization, and not have expired",
        arguments: [
            ("\"hooks\"", "\"strangers\""), ("access_token", "refresh_token"), ("86400000", "1"),
            ("\(TokenIssuer.now)000", "\(TokenIssuer.now + 600)000"), ("client_id", "x"),
        ])
    func wrong(piece: String, other: String) async throws {
        let routes = try routes(signatures: false)
        let claims =
            piece == "86400000"
            ? Self.claims.replacing("\(TokenIssuer.now)000", with: "\(TokenIssuer.now - 600)000") : Self.claims
        let response = await send(routes, try headers(token: claims.replacing(piece, with: other)))
        #expect(response.status == .unauthorized && response.problemSlug == "invalid-token")
        #expect(routes.store.with { $0.appended.isEmpty })
    }

    @Test("must name the organization", arguments: [nil, "", "0123abc@AdobeOrg", "0123ABC@AdobeOrg2"])
    func wrongOrganization(organization: String?) async throws {
        let response = await send(try routes(signatures: false), try headers(organization: organization))
        #expect(response.problemSlug == "invalid-token")
    }

    @Test("need a signature as well where both are demanded")
    func both() async throws {
        let routes = try routes(signatures: true)
        #expect(await send(routes, try headers(signature: true)).status == .ok)
        #expect(await send(routes, try headers()).problemSlug == "missing-signature")
        #expect(await send(routes, try headers(token: nil, signature: true)).problemSlug == "missing-token")
    }

    @Test("need one of the two where either is enough")
    func either() async throws {
        let routes = try routes(signatures: true, .either)
        #expect(await send(routes, try headers()).status == .ok)
        #expect(await send(routes, try headers(token: nil, signature: true)).status == .ok)
        #expect(await send(routes, [:]).problemSlug == "missing-signature")
        let expired = Self.claims.replacing("hooks", with: "strangers")
        #expect(await send(routes, try headers(token: expired)).problemSlug == "invalid-token")
        #expect(routes.refusals("commerce") == 2)
    }
}

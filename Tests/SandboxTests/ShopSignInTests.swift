import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import Testing

@testable import Sandbox

@Suite("The simulated shop's sign-in")
struct ShopSignInTests {
    private static func keys() -> SandboxCommerceSignIn {
        var keys = SandboxCommerceSignIn()
        keys.consumerKey = "ck0000000000000000000000000000a1"
        keys.consumerSecret = "cs0000000000000000000000000000b2"
        keys.accessToken = "at0000000000000000000000000000c3"
        keys.accessTokenSecret = "as0000000000000000000000000000d4"
        return keys
    }

    /// Computed apart from this code, as all that Commerce's versions do with an index above 9.
    @Test(
        "each version sorts the parameters of a signature in its own way",
        arguments: [
            (.encoded, "dlgO7VUKVMBJTOt8kGBF7YehsEHNDZUv//ULDIPay3E="),
            (.decoded, "0H0be0d4dIg0Z6zlJNmHomkHW7ZD0z/2glIO2hcHH9g="),
            (.natural, "MaDiC2hpjAMKEM2FYy9ukZqMhZBaFZwQuyqUoSVSuIM="),
        ] as [(OAuthParameterOrder, String)])
    func order(_ order: OAuthParameterOrder, _ signature: String) {
        var keys = Self.keys()
        keys.parameterOrder = order
        let fields = [
            "oauth_consumer_key": keys.consumerKey, "oauth_nonce": "n0000000000000000000000000000004",
            "oauth_signature_method": "HMAC-SHA256", "oauth_timestamp": "1767225603", "oauth_token": keys.accessToken,
            "oauth_version": "1.0",
        ]
        let query = [1, 2, 10].map { ("searchCriteria[filter_groups][0][filters][\($0)][field]", "sku") }
        let made = OAuthCheck(keys: keys).signature(
            .init(fields: fields, timestamp: 0), .get, "https://shop.example.com/rest/default/V1/products",
            PercentEncoding.form(query))
        #expect(Base64.encode(made) == signature)
    }

    private func cloud() throws -> Stage {
        try Stage { $0.commerce.signIn.edition = .saas }
    }

    private func ask(
        _ stage: Stage, _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], _ body: String = ""
    ) async -> Answer {
        Answer(
            await stage.commerce.respond(
                to: Request(method: method, path: path, query: nil, headers: headers, body: Array(body.utf8))))
    }

    private func cloudHeaders(_ stage: Stage) async throws -> HTTPFields {
        let keys = stage.configuration.commerce.signIn
        let form = PercentEncoding.form([
            ("client_id", keys.clientID), ("client_secret", keys.clientSecret),
            ("grant_type", "client_credentials"), ("scope", "openid,AdobeID,commerce.accs"),
        ])
        let token = try await ask(
            stage, .post, "/ims/token/v3", [.contentType: "application/x-www-form-urlencoded"], form
        ).text("access_token")
        var headers: HTTPFields = [.authorization: "Bearer \(token)"]
        headers.set("x-api-key", to: keys.clientID)
        headers.set("x-gw-ims-org-id", to: keys.organization)
        return headers
    }

    @Test("on SaaS a call needs the tenant's path, a token of IMS, its key and the organization")
    func saas() async throws {
        let stage = try cloud()
        let id = try stage.commerce.register(.simple(incrementID: "000000001"))
        let headers = try await cloudHeaders(stage)
        let tenant = stage.configuration.commerce.signIn.tenant
        let path = "/\(tenant)/V1/orders/\(id)"
        #expect(await ask(stage, .get, path, headers).status == 200)
        #expect(await ask(stage, .get, "/rest/default/V1/orders/\(id)", headers).status == 404)
        #expect(await ask(stage, .get, "/other/V1/orders/\(id)", headers).status == 404)
        for (name, status) in [("Authorization", 401), ("x-api-key", 403), ("x-gw-ims-org-id", 403)] {
            var fewer = headers
            fewer.set(name, to: "wrong")
            #expect(await ask(stage, .get, path, fewer).status == status, "\(name)")
        }
        stage.commerce.signIn.expireTokens()
        #expect(await ask(stage, .get, path, headers).status == 401)
        #expect(await ask(stage, .post, "/\(tenant)/V1/integration/admin/token").status == 404)
    }

    @Test("a token of IMS ends after its life")
    func expiry() async throws {
        let stage = try cloud()
        let headers = try await cloudHeaders(stage)
        let path = "/\(stage.configuration.commerce.signIn.tenant)/V1/orders/1"
        #expect(await ask(stage, .get, path, headers).status == 404)
        stage.clock.advance(86_400)
        #expect(await ask(stage, .get, path, headers).status == 401)
    }

    @Test(
        "IMS refuses what is not its form",
        arguments: [
            ("grant_type=password", "unsupported_grant_type"),
            ("grant_type=client_credentials&client_id=sandbox-ims-client&client_secret=x", "invalid_client"),
            (
                "grant_type=client_credentials&client_id=sandbox-ims-client&client_secret=p8e-sandbox-ims-secret",
                "invalid_scope"
            ),
        ])
    func imsRefusals(_ form: String, _ error: String) async throws {
        let answer = await ask(
            try cloud(), .post, "/ims/token/v3", [.contentType: "application/x-www-form-urlencoded"], form)
        #expect(answer.status >= 400)
        #expect(try answer.text("error") == error)
    }

    @Test("an integration's token is refused where the shop does not allow it")
    func bearerOff() async throws {
        let stage = try Stage { $0.commerce.signIn.takesBearerTokens = false }
        #expect(try await stage.commerce(.get, "orders?searchCriteria=").status == 401)
    }

    @Test(
        "a header that is no signature is refused with the shop's words",
        arguments: [
            ("OAuth realm=\"x\"", 400), ("OAuth oauth_version=\"2.0\"", 400), ("OAuth oauth_consumer_key", 400),
            ("Basic YTpi", 401), ("", 401),
        ])
    func malformed(_ header: String, _ status: Int) async throws {
        let answer = await ask(
            try Stage(), .get, "/rest/default/V1/orders/1", header.isEmpty ? [:] : [.authorization: header])
        #expect(answer.status == status)
        #expect(try !answer.text("message").isEmpty)
    }
}

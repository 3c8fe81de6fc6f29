import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("The simulated Entra")
struct TokenEndpointTests {
    @Test("The right credentials get a token with a lifetime in seconds")
    func token() async throws {
        let answer = try await Stage().token()
        #expect(answer.status == 200)
        #expect(try answer.number("expires_in") == 3599)
        #expect(try answer.text("token_type") == "Bearer")
    }

    struct Refused: CustomTestStringConvertible {
        let form: [String: String]
        let status: Int
        let error: String
        let code: Decimal
        var testDescription: String { form.map { "\($0.key)=\($0.value)" }.joined() }
    }

    @Test(
        "Wrong credentials are refused with Entra's codes",
        arguments: [
            Refused(form: ["grant_type": ""], status: 400, error: "invalid_request", code: 900_144),
            Refused(form: ["grant_type": "password"], status: 400, error: "unsupported_grant_type", code: 70_003),
            Refused(form: ["client_id": "other"], status: 400, error: "unauthorized_client", code: 700_016),
            Refused(form: ["client_secret": "wrong"], status: 401, error: "invalid_client", code: 7_000_215),
            Refused(
                form: ["scope": "https://sandbox.operations.dynamics.com"], status: 400, error: "invalid_scope",
                code: 1_002_012),
            Refused(
                form: ["scope": "https://sandbox.operations.dynamics.com//.default"], status: 400,
                error: "invalid_resource", code: 500_011),
            Refused(
                form: ["scope": "https://other.operations.dynamics.com/.default"], status: 400,
                error: "invalid_resource", code: 500_011),
        ])
    func refusals(_ row: Refused) async throws {
        let answer = try await Stage().token(row.form)
        #expect(answer.status == row.status)
        #expect(try answer.text("error") == row.error)
        #expect(try answer.number("error_codes.0") == row.code)
        #expect(try answer.text("error_description").hasPrefix("AADSTS\(row.code)"))
        #expect(!answer.body.contains("wrong"))
    }

    @Test("Another tenant and a JSON body are refused")
    func tenantAndBody() async throws {
        let stage = try Stage()
        func post(_ path: String, _ type: String) async -> Answer {
            Answer(
                await stage.dynamics.respond(
                    to: Request(method: .post, path: path, headers: [.contentType: type], body: Array("{}".utf8))))
        }
        let other = await post("/other/oauth2/v2.0/token", "application/x-www-form-urlencoded")
        #expect(try other.number("error_codes.0") == 90_002)
        let json = await post("/\(stage.configuration.dynamics.tenant)/oauth2/v2.0/token", "application/json")
        #expect(json.status == 400)
    }

    @Test("A token opens the data service until it ends, is revoked, or was never given")
    func expiry() async throws {
        let stage = try Stage { $0.dynamics.tokenLifetime = .seconds(60) }
        let token = try await stage.token().text("access_token")
        #expect(try await stage.data(.get, "CustomersV3", token: token).status == 200)
        stage.clock.advance(59)
        #expect(try await stage.data(.get, "CustomersV3", token: token).status == 200)
        stage.clock.advance(1)
        #expect(try await stage.data(.get, "CustomersV3", token: token).status == 401)
        let second = try await stage.token().text("access_token")
        stage.dynamics.expireTokens()
        let answer = try await stage.data(.get, "CustomersV3", token: second)
        #expect(answer.status == 401)
        #expect(answer.response.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        #expect(try await stage.data(.get, "CustomersV3", token: "guess").status == 401)
    }
}

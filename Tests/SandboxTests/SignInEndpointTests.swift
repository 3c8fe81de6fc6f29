import Cryptography
import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

/// What an application would sign, with single parts changed.
private struct Assertion {
    var header: JSONObject
    var claims: JSONObject

    init(_ key: CertifiedKey, _ stage: Stage) {
        let now = Int(stage.clock.now.timeIntervalSince1970)
        let dynamics = stage.configuration.dynamics
        header = [
            "alg": "PS256", "typ": "JWT", "x5t#S256": .string(Base64URL.encode(key.certificate.sha256Thumbprint)),
        ]
        claims = [
            "aud": .string("\(stage.dynamics.environmentURL)/\(dynamics.tenant)/oauth2/v2.0/token"),
            "iss": .string(dynamics.clientID), "sub": .string(dynamics.clientID), "jti": "id-1",
            "nbf": .int(now), "iat": .int(now), "exp": .int(now + 600),
        ]
    }

    mutating func set(_ claim: String, _ value: JSONValue) {
        claims = JSONObject(claims.fields.map { $0.key == claim ? .init(key: claim, value: value) : $0 })
    }

    func signed(_ key: RSAPrivateKey, _ padding: RSAPadding = .pss) throws -> String {
        let content = [header, claims].map { Base64URL.encode(JSONWriter.bytes(.object($0))) }.joined(separator: ".")
        return content + "." + Base64URL.encode(try key.sign(Array(content.utf8), padding: padding))
    }
}

extension Stage {
    fileprivate func token(assertion: String) async throws -> Answer {
        let form = [
            "grant_type=client_credentials", "client_id=\(configuration.dynamics.clientID)",
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
            "client_assertion=\(assertion)", "scope=\(dynamics.environmentURL)/.default",
        ].joined(separator: "&")
        return Answer(
            await dynamics.respond(
                to: Request(
                    method: .post, path: "/\(configuration.dynamics.tenant)/oauth2/v2.0/token",
                    headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8))))
    }

    fileprivate func get(_ path: String, _ query: String, _ headers: [(String, String)] = []) async -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
        return Answer(
            await dynamics.respond(to: Request(method: .get, path: path, query: query, headers: fields, body: [])))
    }
}

@Suite("The simulated Entra and certificates")
struct AssertionCheckTests {
    private static let key = Result {
        try SandboxIdentity.makeCertificate(at: Date(timeIntervalSince1970: 1_767_261_612))
    }

    private func stage() throws -> Stage {
        let stage = try Stage()
        stage.dynamics.identity.register(try Self.key.get().certificate)
        return stage
    }

    @Test("An assertion that is right gets a token, once")
    func onlyOnce() async throws {
        let stage = try stage()
        let assertion = try Assertion(Self.key.get(), stage).signed(Self.key.get().key)
        let answer = try await stage.token(assertion: assertion)
        #expect(answer.status == 200)
        #expect(try await stage.data(.get, "CustomersV3", token: answer.text("access_token")).status == 200)
        let again = try await stage.token(assertion: assertion)
        #expect(try again.number("error_codes.0") == 50_013)
    }

    struct Spoilt: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let claim: String
        let value: JSONValue
        let code: Decimal
    }

    @Test(
        "An assertion with a wrong claim is refused with Entra's code",
        arguments: [
            Spoilt(testDescription: "audience", claim: "aud", value: "https://login.example", code: 700_023),
            Spoilt(testDescription: "issuer", claim: "iss", value: "other", code: 700_021),
            Spoilt(testDescription: "subject", claim: "sub", value: "other", code: 700_021),
            Spoilt(testDescription: "ended", claim: "exp", value: 1_767_261_000, code: 700_024),
            Spoilt(testDescription: "too long", claim: "exp", value: 1_867_261_612, code: 700_024),
            Spoilt(testDescription: "not yet", claim: "nbf", value: 1_767_262_000, code: 700_024),
            Spoilt(testDescription: "no id", claim: "jti", value: "", code: 50_027),
        ])
    func claims(_ row: Spoilt) async throws {
        let stage = try stage()
        var assertion = try Assertion(Self.key.get(), stage)
        assertion.set(row.claim, row.value)
        let answer = try await stage.token(assertion: assertion.signed(Self.key.get().key))
        #expect(answer.status == 401)
        #expect(try answer.number("error_codes.0") == row.code)
    }

    @Test("A signature of another key, in another padding, or of a certificate that is not registered is refused")
    func signatures() async throws {
        let stage = try stage()
        let key = try Self.key.get()
        let assertion = Assertion(key, stage)
        let foreign = try await stage.token(assertion: assertion.signed(.generate()))
        #expect(try foreign.number("error_codes.0") == 700_027)
        let padding = try await stage.token(assertion: assertion.signed(key.key, .pkcs1))
        #expect(try padding.number("error_codes.0") == 700_027)
        stage.dynamics.identity.remove(key.certificate)
        let unknown = try await stage.token(assertion: assertion.signed(key.key))
        #expect(try unknown.number("error_codes.0") == 700_027)
    }

    @Test("What is no assertion is refused", arguments: ["a", "a.b", "a.b.c", "..", "e30.e30.e30"])
    func garbage(_ assertion: String) async throws {
        #expect(try await stage().token(assertion: assertion).status == 401)
    }
}

@Suite("The simulated managed identity")
struct ManagedIdentityEndpointTests {
    private static let path = "/metadata/identity/oauth2/token"
    private static let resource = "resource=https%3A%2F%2Fsandbox.operations.dynamics.com"

    @Test("gives a token whose numbers are texts")
    func token() async throws {
        let answer = try await Stage().get(
            Self.path, "api-version=2018-02-01&\(Self.resource)", [("Metadata", "true")])
        #expect(answer.status == 200)
        #expect(try answer.text("expires_in") == "3599")
        #expect(try answer.text("refresh_token") == "")
    }

    @Test("of App Service gives one that only says when it ends")
    func appService() async throws {
        let stage = try Stage()
        let answer = await stage.get(
            "/msi/token", "api-version=2019-08-01&\(Self.resource)",
            [("X-IDENTITY-HEADER", stage.configuration.dynamics.identityHeader)])
        #expect(answer.status == 200)
        #expect(!answer.body.contains("expires_in"))
        #expect(try answer.text("expires_on") == "1767265211")
    }

    @Test(
        "refuses what Azure refuses",
        arguments: [
            ("api-version=2018-02-01&\(resource)", "Metadata", "no", "bad_request_102"),
            ("api-version=2018-02-01&\(resource)", "X-Other", "true", "bad_request_102"),
            (resource, "Metadata", "true", "invalid_request"),
            ("api-version=2018-02-01&\(resource)&client_id=x", "Metadata", "true", "invalid_request"),
            ("api-version=2018-02-01&resource=https%3A%2F%2Fother", "Metadata", "true", "invalid_resource"),
        ])
    func refusals(_ query: String, _ header: String, _ value: String, _ error: String) async throws {
        let answer = try await Stage().get(Self.path, query, [(header, value)])
        #expect(answer.status == 400)
        #expect(try answer.text("error") == error)
    }

    @Test("is being updated for as many requests as it was told")
    func updates() async throws {
        let stage = try Stage()
        stage.dynamics.identity.nextMetadataUpdates = 1
        let query = "api-version=2018-02-01&\(Self.resource)"
        #expect(await stage.get(Self.path, query, [("Metadata", "true")]).status == 410)
        #expect(await stage.get(Self.path, query, [("Metadata", "true")]).status == 200)
    }
}

@Suite("The simulated F&O on premises")
struct OnPremisesTests {
    @Test("is under its path, takes tokens of AD FS for its host alone, and knows no Entra")
    func onPremises() async throws {
        let stage = try Stage { $0.dynamics.isOnPremises = true }
        stage.dynamics.environmentURL = "https://ax.contoso.example/namespaces/AXSF"
        let dynamics = stage.configuration.dynamics
        func ask(_ resource: String, _ secret: String = "sandbox-client-secret") async -> Answer {
            let form =
                "grant_type=client_credentials&client_id=\(dynamics.clientID)&client_secret=\(secret)"
                + "&resource=\(resource)"
            return Answer(
                await stage.dynamics.respond(
                    to: Request(
                        method: .post, path: "/adfs/oauth2/token",
                        headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8))))
        }
        #expect(try await ask("https://ax.contoso.example/namespaces/AXSF").text("error") == "invalid_resource")
        #expect(try await ask("https://ax.contoso.example", "wrong").text("error") == "invalid_client")
        let token = try await ask("https://ax.contoso.example").text("access_token")
        let bearer = [("Authorization", "Bearer \(token)")]
        #expect(await stage.get("/namespaces/AXSF/data/CustomersV3", "", bearer).status == 200)
        #expect(await stage.get("/data/CustomersV3", "", bearer).status == 404)
        #expect(await stage.token().status == 404)
    }
}

@Suite("The simulated key vault")
struct KeyVaultEndpointTests {
    @Test("gives secrets to those who hold a token for it and may read")
    func secrets() async throws {
        let stage = try Stage()
        stage.dynamics.identity.vault = ["d365": "s3cret"]
        let token = try await stage.token(["scope": "https://vault.azure.net/.default"]).text("access_token")
        let other = try await stage.token().text("access_token")
        func get(_ name: String, _ token: String, _ query: String = "api-version=7.4") async -> Answer {
            await stage.get("/secrets/\(name)", query, [("Authorization", "Bearer \(token)")])
        }
        #expect(try await get("d365", token).text("value") == "s3cret")
        #expect(await get("d365", other).status == 401)
        #expect(await get("d365", token, "").status == 400)
        #expect(await get("other", token).status == 404)
        stage.dynamics.identity.mayReadVault = false
        #expect(await get("d365", token).status == 403)
    }
}

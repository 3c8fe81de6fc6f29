import Cryptography
import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// Entra's token endpoint for client credentials: `POST /{tenant}/oauth2/v2.0/token`.
struct EntraEndpoint: Responder {
    let core: DynamicsCore
    let configuration: SandboxDynamicsConfiguration

    static func isPath(_ path: String) -> Bool { path.hasSuffix("/oauth2/v2.0/token") }

    /// What else than the environment a tenant gives tokens for.
    static let otherResources: Set = ["https://servicebus.azure.net", "https://vault.azure.net"]

    func respond(to request: Request) async -> Response {
        core.counters.count("POST /{tenant}/oauth2/v2.0/token")
        do throws(TokenRefusal) {
            return core.tokenAnswer(for: try resource(request), configuration)
        } catch {
            return error.response(at: core.now())
        }
    }

    /// - Returns: What the token is for.
    private func resource(_ request: Request) throws(TokenRefusal) -> String {
        guard request.method == .post else {
            throw .invalidRequest(900_561, "The endpoint only accepts POST requests.")
        }
        let tenant = request.path.split(separator: "/").first.flatMap { QueryString.decode($0) } ?? ""
        guard tenant == configuration.tenant else { throw .invalidRequest(90_002, "Tenant '\(tenant)' not found.") }
        let form = try TokenForm(request)
        guard try form.field("grant_type") == "client_credentials" else {
            throw TokenRefusal(
                status: .badRequest, error: "unsupported_grant_type", code: 70_003,
                text: "The app requested an unsupported grant type.")
        }
        guard try form.field("client_id") == configuration.clientID else {
            throw TokenRefusal(
                status: .badRequest, error: "unauthorized_client", code: 700_016,
                text: "Application with this identifier was not found in the directory.")
        }
        if form["client_assertion"] != nil {
            try check(assertion: form)
        } else {
            try check(secret: try form.field("client_secret"))
        }
        return try resource(scope: try form.field("scope"))
    }

    private func check(secret: String) throws(TokenRefusal) {
        guard constantTimeEqual(Array(secret.utf8), Array(configuration.clientSecret.utf8)) else {
            throw TokenRefusal(
                status: .unauthorized, error: "invalid_client", code: 7_000_215,
                text: "Invalid client secret provided.")
        }
        if core.identity.secretIsExpired { throw Self.expired }
    }

    private func check(assertion form: TokenForm) throws(TokenRefusal) {
        guard try form.field("client_assertion_type") == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        else {
            throw .invalidRequest(90_023, "Unsupported 'client_assertion_type' value.")
        }
        let path = "/\(configuration.tenant)/oauth2/v2.0/token"
        try AssertionCheck(
            clientID: configuration.clientID, audience: core.authorityURL + path, now: core.now()
        ).take(try form.field("client_assertion"), core.identity)
    }

    private func resource(scope: String) throws(TokenRefusal) -> String {
        guard scope.hasSuffix("/.default") else {
            throw TokenRefusal(
                status: .badRequest, error: "invalid_scope", code: 1_002_012,
                text: "The provided value for scope \(scope) is not valid. It must end with '/.default'.")
        }
        let resource = String(scope.dropLast("/.default".count))
        guard resource == core.resourceURL || Self.otherResources.contains(resource) else {
            throw TokenRefusal(
                status: .badRequest, error: "invalid_resource", code: 500_011,
                text: "The resource principal named \(resource) was not found in the tenant.")
        }
        return resource
    }

    private static let expired = TokenRefusal(
        status: .unauthorized, error: "invalid_client", code: 7_000_222,
        text: "The provided client secret keys are expired.")

    static let faults = FaultGate.Answers(
        unauthorized: expired.response(at: Date(timeIntervalSince1970: 0)),
        tooManyRequests: .json(JSONWriter.bytes(["error": "temporarily_unavailable"]), status: .tooManyRequests),
        serverError: .json(JSONWriter.bytes(["error": "server_error"]), status: .internalServerError))
}

/// The form of a request for a token.
struct TokenForm {
    private let fields: [String: String]

    init(_ request: Request) throws(TokenRefusal) {
        let contentType = request.headers[.contentType]?.lowercased() ?? ""
        guard contentType.hasPrefix("application/x-www-form-urlencoded"),
            let pairs = QueryString.parse(String(decoding: request.body, as: UTF8.self))
        else { throw .invalidRequest(900_144, "The request body must be a form.") }
        fields = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(_ name: String) -> String? { fields[name] }

    func field(_ name: String) throws(TokenRefusal) -> String {
        guard let value = fields[name], !value.isEmpty else {
            throw .invalidRequest(900_144, "The request body must contain the following parameter: '\(name)'.")
        }
        return value
    }
}

extension DynamicsCore {
    /// A new token, as Entra ID and AD FS write it.
    func tokenAnswer(for resource: String, _ configuration: SandboxDynamicsConfiguration) -> Response {
        let (token, seconds) = issue(for: resource, configuration)
        let json: JSONValue = [
            "token_type": "Bearer", "expires_in": .int(seconds), "ext_expires_in": .int(seconds),
            "access_token": .string(token),
        ]
        return .json(JSONWriter.bytes(json))
    }

    func issue(for resource: String, _ configuration: SandboxDynamicsConfiguration) -> (token: String, seconds: Int) {
        let seconds = Int(configuration.tokenLifetime.components.seconds)
        let now = now()
        return (tokens.issue(for: resource, until: now.addingTimeInterval(TimeInterval(seconds)), at: now), seconds)
    }
}

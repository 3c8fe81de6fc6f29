import Cryptography
import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// Entra's token endpoint for client credentials: `POST /{tenant}/oauth2/v2.0/token`.
struct TokenEndpoint: Responder {
    let core: DynamicsCore
    let configuration: SandboxDynamicsConfiguration

    static func isTokenPath(_ path: String) -> Bool { path.hasSuffix("/oauth2/v2.0/token") }

    func respond(to request: Request) async -> Response {
        core.counters.count("POST /{tenant}/oauth2/v2.0/token")
        do throws(TokenRefusal) {
            try check(request)
        } catch {
            return error.response(at: core.now())
        }
        let seconds = Int(configuration.tokenLifetime.components.seconds)
        let now = core.now()
        let token = core.tokens.issue(until: now.addingTimeInterval(TimeInterval(seconds)), at: now)
        let json: JSONValue = [
            "token_type": "Bearer", "expires_in": .int(seconds), "ext_expires_in": .int(seconds),
            "access_token": .string(token),
        ]
        return .json(JSONWriter.bytes(json))
    }

    private func check(_ request: Request) throws(TokenRefusal) {
        guard request.method == .post else {
            throw .invalidRequest(900_561, "The endpoint only accepts POST requests.")
        }
        let tenant = request.path.split(separator: "/").first.flatMap { QueryString.decode($0) } ?? ""
        guard tenant == configuration.tenant else { throw .invalidRequest(90_002, "Tenant '\(tenant)' not found.") }
        let contentType = request.headers[.contentType]?.lowercased() ?? ""
        guard contentType.hasPrefix("application/x-www-form-urlencoded"),
            let pairs = QueryString.parse(String(decoding: request.body, as: UTF8.self))
        else { throw .invalidRequest(900_144, "The request body must be a form.") }
        let form = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        func field(_ name: String) throws(TokenRefusal) -> String {
            guard let value = form[name], !value.isEmpty else {
                throw .invalidRequest(
                    900_144, "The request body must contain the following parameter: '\(name)'.")
            }
            return value
        }
        guard try field("grant_type") == "client_credentials" else {
            throw TokenRefusal(
                status: .badRequest, error: "unsupported_grant_type", code: 70_003,
                text: "The app requested an unsupported grant type.")
        }
        guard try field("client_id") == configuration.clientID else {
            throw TokenRefusal(
                status: .badRequest, error: "unauthorized_client", code: 700_016,
                text: "Application with this identifier was not found in the directory.")
        }
        let secret = Array(try field("client_secret").utf8)
        guard constantTimeEqual(secret, Array(configuration.clientSecret.utf8)) else {
            throw TokenRefusal(
                status: .unauthorized, error: "invalid_client", code: 7_000_215,
                text: "Invalid client secret provided.")
        }
        try check(scope: try field("scope"))
    }

    private func check(scope: String) throws(TokenRefusal) {
        guard scope.hasSuffix("/.default") else {
            throw TokenRefusal(
                status: .badRequest, error: "invalid_scope", code: 1_002_012,
                text: "The provided value for scope \(scope) is not valid. It must end with '/.default'.")
        }
        guard scope == core.environmentURL + "/.default" else {
            throw TokenRefusal(
                status: .badRequest, error: "invalid_resource", code: 500_011,
                text: "The resource principal named \(scope.dropLast("/.default".count)) was not found in the tenant."
            )
        }
    }

    static let faults = FaultGate.Answers(
        unauthorized: TokenRefusal(
            status: .unauthorized, error: "invalid_client", code: 7_000_222,
            text: "The provided client secret keys are expired."
        ).response(at: Date(timeIntervalSince1970: 0)),
        tooManyRequests: .json(JSONWriter.bytes(["error": "temporarily_unavailable"]), status: .tooManyRequests),
        serverError: .json(JSONWriter.bytes(["error": "server_error"]), status: .internalServerError))
}

/// A refusal in Entra's shape.
struct TokenRefusal: Error {
    let status: HTTPResponse.Status
    let error: String
    let code: Int
    let text: String

    static func invalidRequest(_ code: Int, _ text: String) -> TokenRefusal {
        TokenRefusal(status: .badRequest, error: "invalid_request", code: code, text: text)
    }

    func response(at date: Date) -> Response {
        let traceID = UUID().uuidString.lowercased()
        let json: JSONValue = [
            "error": .string(error), "error_description": .string("AADSTS\(code): \(text) Trace ID: \(traceID)"),
            "error_codes": [.int(code)], "timestamp": .string(TimeText(date).commerce + "Z"),
            "trace_id": .string(traceID), "correlation_id": .string(UUID().uuidString.lowercased()),
        ]
        return .json(JSONWriter.bytes(json), status: status)
    }
}

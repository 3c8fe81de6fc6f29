import Cryptography
import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// Azure's instance metadata (`GET /metadata/identity/oauth2/token`), and what App Service has in its place
/// (`GET /msi/token`).
struct ManagedIdentityEndpoint: Responder {
    let core: DynamicsCore
    let configuration: SandboxDynamicsConfiguration

    static let metadataPath = "/metadata/identity/oauth2/token"
    static let appServicePath = "/msi/token"

    static func isPath(_ path: String) -> Bool { path == metadataPath || path == appServicePath }

    func respond(to request: Request) async -> Response {
        core.counters.count("GET \(request.path)")
        let isMetadata = request.path == Self.metadataPath
        let query = Dictionary(
            (QueryString.parse(request.query ?? "") ?? []).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first })
        guard request.method == .get, isMetadata ? hasMetadata(request) : hasIdentity(request) else {
            return Self.refusal("bad_request_102", "Required metadata header not specified")
        }
        let isUpdating = core.identity.state.withLock { state in
            guard state.metadataUpdates > 0 else { return false }
            state.metadataUpdates -= 1
            return true
        }
        if isUpdating { return Response(status: .gone) }
        guard query["api-version"] == (isMetadata ? "2018-02-01" : "2019-08-01") else {
            return Self.refusal("invalid_request", "The api-version is missing or not known.")
        }
        if let client = query["client_id"], !configuration.managedIdentities.contains(client) {
            return Self.refusal("invalid_request", "Identity not found")
        }
        guard let resource = query["resource"],
            resource == core.resourceURL || EntraEndpoint.otherResources.contains(resource)
        else {
            return Self.refusal(
                "invalid_resource", "AADSTS500011: The resource principal was not found in the tenant.")
        }
        return answer(resource, isMetadata)
    }

    /// Keeps out requests that a stranger talked some other program on the machine into.
    private func hasMetadata(_ request: Request) -> Bool {
        HTTPField.Name("Metadata").flatMap { request.headers[$0] } == "true"
    }

    private func hasIdentity(_ request: Request) -> Bool {
        let sent = HTTPField.Name("X-IDENTITY-HEADER").flatMap { request.headers[$0] } ?? ""
        return constantTimeEqual(Array(sent.utf8), Array(configuration.identityHeader.utf8))
    }

    /// All numbers are texts, and App Service says no more than when the token ends.
    private func answer(_ resource: String, _ isMetadata: Bool) -> Response {
        let (token, seconds) = core.issue(for: resource, configuration)
        let end = Int(core.now().timeIntervalSince1970) + seconds
        var json: JSONObject = [
            "access_token": .string(token), "expires_on": .string(String(end)), "resource": .string(resource),
            "token_type": "Bearer",
        ]
        if isMetadata {
            json.append("expires_in", .string(String(seconds)))
            json.append("not_before", .string(String(end - seconds)))
            json.append("refresh_token", "")
        }
        return .json(JSONWriter.bytes(.object(json)))
    }

    private static func refusal(_ error: String, _ text: String) -> Response {
        .json(
            JSONWriter.bytes(["error": .string(error), "error_description": .string(text)]), status: .badRequest)
    }
}

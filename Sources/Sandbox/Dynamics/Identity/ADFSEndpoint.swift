import Cryptography
import HTTPServer
import HTTPTypes
import JSON

/// The token endpoint of AD FS: `POST /adfs/oauth2/token`, which wants a resource.
struct ADFSEndpoint: Responder {
    let core: DynamicsCore
    let configuration: SandboxDynamicsConfiguration

    static let path = "/adfs/oauth2/token"

    func respond(to request: Request) async -> Response {
        core.counters.count("POST \(Self.path)")
        guard request.method == .post, let form = try? TokenForm(request) else {
            return Self.refusal("invalid_request", "MSIS9609: The received OAuth request is not valid.")
        }
        guard form["grant_type"] == "client_credentials" else {
            return Self.refusal("unsupported_grant_type", "MSIS9611: The authorization server does not support it.")
        }
        guard form["client_id"] == configuration.clientID else {
            return Self.refusal("invalid_client", "MSIS9607: The 'client_id' parameter in the request is invalid.")
        }
        let secret = Array((form["client_secret"] ?? "").utf8)
        guard constantTimeEqual(secret, Array(configuration.clientSecret.utf8)) else {
            return Self.refusal("invalid_client", "MSIS9622: Client authentication failed.")
        }
        guard let resource = form["resource"], resource == core.resourceURL else {
            return Self.refusal("invalid_resource", "MSIS9602: The received 'resource' parameter is invalid.")
        }
        return core.tokenAnswer(for: resource, configuration)
    }

    private static func refusal(_ error: String, _ text: String) -> Response {
        .json(
            JSONWriter.bytes(["error": .string(error), "error_description": .string(text)]),
            status: error == "invalid_client" ? .unauthorized : .badRequest)
    }
}

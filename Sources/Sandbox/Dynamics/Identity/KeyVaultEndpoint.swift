import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// Reading a secret of Azure Key Vault: `GET /secrets/{name}?api-version=7.4`
/// (learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret).
struct KeyVaultEndpoint: Responder {
    let core: DynamicsCore
    let configuration: SandboxDynamicsConfiguration

    static func isPath(_ path: String) -> Bool { path.hasPrefix("/secrets/") }

    static let resource = "https://vault.azure.net"

    func respond(to request: Request) async -> Response {
        core.counters.count("GET /secrets/{name}")
        let bearer = request.headers[.authorization]
        guard core.tokens.isValid(bearer: bearer, for: Self.resource, at: core.now()) else {
            var response = Self.refusal(.unauthorized, "Unauthorized", "AKV10000: Request is missing a Bearer token.")
            response.headers[.wwwAuthenticate] =
                "Bearer authorization=\"\(core.authorityURL)/\(configuration.tenant)\", resource=\"\(Self.resource)\""
            return response
        }
        guard request.method == .get, request.query == "api-version=7.4" else {
            return Self.refusal(.badRequest, "BadParameter", "The api-version is missing or not known.")
        }
        guard core.identity.mayReadVault else {
            return Self.refusal(
                .forbidden, "Forbidden",
                "The user, group or application 'appid=\(configuration.clientID)' does not have secrets get permission."
            )
        }
        let name = request.path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        guard let value = core.identity.vault[name] else {
            return Self.refusal(
                .notFound, "SecretNotFound", "A secret with (name/id) \(name) was not found in this key vault.")
        }
        let json: JSONValue = [
            "value": .string(value), "id": .string("\(core.authorityURL)/secrets/\(name)/0001"),
            "attributes": ["enabled": true],
        ]
        return .json(JSONWriter.bytes(json))
    }

    private static func refusal(_ status: HTTPResponse.Status, _ code: String, _ text: String) -> Response {
        .json(JSONWriter.bytes(["error": ["code": .string(code), "message": .string(text)]]), status: status)
    }
}

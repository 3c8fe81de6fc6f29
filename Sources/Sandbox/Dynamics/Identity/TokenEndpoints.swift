import HTTPServer
import HTTPTypes

/// Whoever gives tokens here: Entra ID and the managed identity in the cloud, AD FS on premises.
struct TokenEndpoints: Responder {
    let core: DynamicsCore
    let configuration: SandboxDynamicsConfiguration

    static func isPath(_ path: String) -> Bool {
        EntraEndpoint.isPath(path) || path == ADFSEndpoint.path || ManagedIdentityEndpoint.isPath(path)
    }

    func respond(to request: Request) async -> Response {
        switch (request.path, configuration.isOnPremises) {
        case (ADFSEndpoint.path, true):
            await ADFSEndpoint(core: core, configuration: configuration).respond(to: request)
        case (let path, false) where ManagedIdentityEndpoint.isPath(path):
            await ManagedIdentityEndpoint(core: core, configuration: configuration).respond(to: request)
        case (let path, false) where EntraEndpoint.isPath(path):
            await EntraEndpoint(core: core, configuration: configuration).respond(to: request)
        default: Response(status: .notFound)
        }
    }
}

import HTTPServer

/// All that F&O itself serves: its data, the actions of its data packages, and its recurring integrations.
struct DynamicsSite: Responder {
    let data: DynamicsAPI
    let actions: DataManagementAPI
    let connector: SandboxConnector

    static func isConnector(_ request: Request) -> Bool { request.path.hasPrefix(SandboxConnector.prefix) }

    func respond(to request: Request) async -> Response {
        if Self.isConnector(request) { return await connector.respond(to: request) }
        if request.path.hasPrefix(DataManagementAPI.prefix) { return await actions.respond(to: request) }
        return await data.respond(to: request)
    }
}

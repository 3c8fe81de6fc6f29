import HTTPServer
import Logging

extension ServerSettings {
    /// Certificates and keys by listener.
    /// - Throws: What `load` would have refused, if a file was changed since.
    func credentials() throws(TLSError) -> [ListenerRole: TLSCredentials] {
        var credentials: [ListenerRole: TLSCredentials] = [:]
        for (role, settings) in allListeners {
            if let tls = settings.tls { credentials[role] = try TLSCredentials(tls) }
        }
        return credentials
    }

    /// - Parameter inherited: Sockets of the service manager, by the name of the listener.
    func listenerConfigurations(
        _ routes: GatewayRoutes, inherited: [String: InheritedSocket], logger: Logger
    ) -> [ListenerConfiguration] {
        allListeners.map { role, settings in
            ListenerConfiguration(
                name: role.rawValue, address: settings.address, socketMode: settings.mode,
                inherited: inherited[role.rawValue], tls: routes.credentials[role],
                responder: routes.table(logger: logger, serving: roles(servedBy: role)).router)
        }
    }
}

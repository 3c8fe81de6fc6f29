/// One of the places where a server listens, and what it serves there.
public struct ListenerConfiguration: Sendable {
    /// For logs and for `Server.address(of:)`: `public`, `operator`.
    public var name: String
    /// A port of 0 takes any free one.
    public var address: SocketAddress
    /// Permissions of a Unix-domain socket's file; default 0o660: the owner and the group may connect.
    public var socketMode: UInt32
    /// A socket that listens already and takes the place of `address`; see `InheritedSockets`.
    public var inherited: InheritedSocket?
    /// `nil` for plain HTTP.
    public var tls: TLSCredentials?
    public var responder: any Responder

    public init(
        name: String, address: SocketAddress, socketMode: UInt32 = 0o660, inherited: InheritedSocket? = nil,
        tls: TLSCredentials? = nil, responder: any Responder
    ) {
        self.name = name
        self.address = address
        self.socketMode = socketMode
        self.inherited = inherited
        self.tls = tls
        self.responder = responder
    }

    /// With the rules that follow from the configuration.
    var guardedResponder: any Responder {
        guard let tls, !tls.configuration.serverNames.isEmpty else { return responder }
        return MisdirectionGuard(responder: responder)
    }
}

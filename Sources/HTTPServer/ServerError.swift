/// Why a server could not start.
public enum ServerError: Error, Equatable, CustomStringConvertible {
    case unknownHost(address: SocketAddress, reason: String)
    case addressInUse(address: SocketAddress)
    case permissionDenied(address: SocketAddress)
    case cannotListen(address: SocketAddress, reason: String)
    case alreadyStarted
    case noListeners

    public var description: String {
        switch self {
        case .unknownHost(let address, let reason):
            "cannot listen on \(address): the host is not known here (\(reason))"
        case .addressInUse(let address):
            "cannot listen on \(address): another process uses this address; stop it or choose another one"
        case .permissionDenied(let address):
            address.unixPath == nil
                ? "cannot listen on \(address): no permission; ports below 1024 need CAP_NET_BIND_SERVICE"
                : "cannot listen on \(address): no permission to make files in this folder"
        case .cannotListen(let address, let reason):
            "cannot listen on \(address): \(reason)"
        case .alreadyStarted:
            "the server was started before; make a new one"
        case .noListeners:
            "the server has no listener"
        }
    }
}

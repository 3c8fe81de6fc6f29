/// Where a server listens.
public struct SocketAddress: Sendable, Equatable, CustomStringConvertible {
    /// Numeric, without brackets: `127.0.0.1`, `::1`. Empty for a Unix-domain socket.
    public var host: String
    /// 1...65535; 0 for a Unix-domain socket.
    public var port: Int
    /// The file of a Unix-domain socket; `nil` for TCP.
    public var unixPath: String?

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    public init(unixPath: String) {
        self.init(host: "", port: 0)
        self.unixPath = unixPath
    }

    /// `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/causeway.sock`.
    public var description: String {
        if let unixPath { return "unix:\(unixPath)" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

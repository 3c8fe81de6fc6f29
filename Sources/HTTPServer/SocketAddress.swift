/// Where a server listens.
public struct SocketAddress: Sendable, Equatable, CustomStringConvertible {
    /// Numeric, without brackets: `127.0.0.1`, `::1`.
    public var host: String
    /// 1...65535
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `127.0.0.1:8080`, `[::1]:8080`.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

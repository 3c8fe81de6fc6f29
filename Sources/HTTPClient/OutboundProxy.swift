/// A server that requests go through: `CONNECT` for `https`, the whole request for `http`.
public struct OutboundProxy: Sendable, Equatable {
    /// Basic authentication (RFC 7617), for the proxy alone.
    public struct Login: Sendable, Equatable, CustomStringConvertible {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }

        /// Without the password.
        public var description: String { user }
    }

    /// `http://proxy.example.com:3128`; `https` speaks TLS to the proxy itself.
    public var url: String
    public var login: Login?
    /// Hosts that are called directly.
    public var exceptions: [HostPattern]

    public init(url: String, login: Login? = nil, exceptions: [HostPattern] = []) {
        self.url = url
        self.login = login
        self.exceptions = exceptions
    }
}

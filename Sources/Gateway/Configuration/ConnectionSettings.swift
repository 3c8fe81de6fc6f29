public import HTTPClient

/// How one destination is reached.
public struct ConnectionSettings: Sendable, Equatable {
    public struct Proxy: Sendable, Equatable {
        public var url: String
        public var user: String?
        public var password: Secret?
        /// Called directly, besides this machine and its metadata service.
        public var exceptions: [HostPattern]

        public init(url: String, user: String? = nil, password: Secret? = nil, exceptions: [HostPattern] = []) {
            self.url = url
            self.user = user
            self.password = password
            self.exceptions = exceptions
        }
    }

    public enum Certificate: Sendable, Equatable {
        case pem(chain: String, key: String)
        case pkcs12(String, password: Secret)
    }

    /// PEM file of authorities, which takes the place of the system's.
    public var ca: String?
    public var certificate: Certificate?
    public var proxy: Proxy?
    /// Of one call; `nil` is what is usual for the destination.
    public var timeout: Duration?
    public var connectTimeout: Duration
    /// Bytes of one answer.
    public var maxAnswer: Int

    public static let defaultConnectTimeout = Duration.seconds(10)
    public static let defaultMaxAnswer = 16 << 20

    public init(
        ca: String? = nil, certificate: Certificate? = nil, proxy: Proxy? = nil, timeout: Duration? = nil,
        connectTimeout: Duration = defaultConnectTimeout, maxAnswer: Int = defaultMaxAnswer
    ) {
        self.ca = ca
        self.certificate = certificate
        self.proxy = proxy
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.maxAnswer = maxAnswer
    }
}

extension CurlTransport {
    /// A transport for one destination.
    /// - Parameter servers: URLs of the only servers that it calls; `nil` leaves that to the callers.
    static func causeway(_ settings: ConnectionSettings, servers: [String]?) throws -> CurlTransport {
        CurlTransport(
            configuration: TransportConfiguration(
                connectTimeout: settings.connectTimeout, maxResponseBytes: settings.maxAnswer, caBundle: settings.ca,
                clientIdentity: settings.certificate.map(ClientIdentity.init),
                userAgent: Version.userAgent, proxy: settings.proxy.map(OutboundProxy.init),
                origins: try servers.map { Set(try $0.map { try Origin(url: $0) }) }))
    }
}

extension ClientIdentity {
    fileprivate init(_ settings: ConnectionSettings.Certificate) {
        self =
            switch settings {
            case .pem(let chain, let key): .pem(chain: chain, key: key)
            case .pkcs12(let file, let password): .pkcs12(file, password: password.reveal())
            }
    }
}

extension OutboundProxy {
    /// What no proxy can reach for us: this machine, and where it asks its cloud for a token.
    private static let ownMachine: [HostPattern] = ["localhost", "127.0.0.1", "[::1]", "169.254.169.254"]

    fileprivate init(_ settings: ConnectionSettings.Proxy) {
        self.init(
            url: settings.url,
            login: settings.user.map { Login(user: $0, password: settings.password?.reveal() ?? "") },
            exceptions: settings.exceptions + Self.ownMachine)
    }
}

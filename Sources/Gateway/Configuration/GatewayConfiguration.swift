public import Flows
public import HTTPServer
public import Mapping
public import Relay

/// All that a gateway needs to know, checked. Made from `causeway.yaml` by `load(path:environment:)`, or in code by
/// tests and the demo.
public struct GatewayConfiguration: Sendable {
    public var server: ServerSettings
    public var store: StoreSettings
    public var commerce: CommerceSettings
    public var dynamics: DynamicsSettings
    public var legalEntities: LegalEntities
    public var orders: OrderSettings
    public var shipping = ShippingSettings()
    public var customers = CustomerPolicy()
    public var companies = CompanyPolicy()
    public var quotes = QuotePolicy()
    public var relay: RelaySettings
    public var retention: RetentionRules
    public var operatorAPI: OperatorSettings
    public var audit = AuditSettings()
    public var log: LogSettings
    public var shutdown: ShutdownSettings
    public var alerts = AlertSettings()
    public var secrets = SecretsSettings()
    public var values = ValueTableCatalog.standard
    public var polling = PollingSettings()
    public var mapping = MappingSettings()
    public var reconciliation = ReconciliationSettings()
    public var syntheticOrder: SyntheticOrderSettings?
    public var payments = PaymentPolicy()
    public var refunds = RefundPolicy()
    /// The sections of flows that only some companies want: `payments`, `quotes`.
    var sections: Set<String> = []

    public init(
        server: ServerSettings = ServerSettings(), store: StoreSettings = StoreSettings(),
        commerce: CommerceSettings, dynamics: DynamicsSettings, legalEntities: LegalEntities,
        orders: OrderSettings = OrderSettings(), relay: RelaySettings = RelaySettings(),
        retention: RetentionRules = .standard,
        operatorAPI: OperatorSettings = OperatorSettings(), log: LogSettings = LogSettings(),
        shutdown: ShutdownSettings = ShutdownSettings()
    ) {
        self.server = server
        self.store = store
        self.commerce = commerce
        self.dynamics = dynamics
        self.legalEntities = legalEntities
        self.orders = orders
        self.relay = relay
        self.retention = retention
        self.operatorAPI = operatorAPI
        self.log = log
        self.shutdown = shutdown
    }
}

public struct ServerSettings: Sendable, Equatable {
    /// A numeric address or `localhost`.
    public var host: String
    /// 0 lets the system choose; `Gateway.start()` tells which.
    public var port: Int
    /// The socket of the public listener in place of host and port.
    public var unix: ListenerSettings.Place?
    /// TLS of the public listener.
    public var tls: TLSConfiguration?
    /// A listener of its own for the operator API, status and metrics.
    public var operatorListener: ListenerSettings?
    /// A listener of its own for the health routes.
    public var healthListener: ListenerSettings?
    public var limits: Limits
    public var access = AccessSettings()

    public struct Limits: Sendable, Equatable {
        /// Bytes of request line and header fields; more is answered 431.
        public var head: Int
        /// Bytes of a request's body; more is answered 413.
        public var body: Int
        /// Header fields; more are answered 431.
        public var headers: Int
        /// How long a connection may wait for its next request.
        public var idle: Duration
        /// How long a head may take to arrive.
        public var headTimeout: Duration
        /// How long a body may take to arrive, whatever its rate.
        public var bodyTimeout: Duration
        /// How long a peer may take to read its answer.
        public var responseTimeout: Duration
        /// How long a TLS handshake may take.
        public var handshakeTimeout = Duration.seconds(10)
        /// Open connections; more are answered 503 from a small reserve that health checks use as well.
        public var connections: Int
        /// What peers may cost together and for how long.
        public var more = MoreLimits()

        public init(
            head: Int = 16 << 10, body: Int = 1 << 20, headers: Int = 100, idle: Duration = .seconds(60),
            headTimeout: Duration = .seconds(10), bodyTimeout: Duration = .seconds(120),
            responseTimeout: Duration = .seconds(30), connections: Int = 10_000
        ) {
            self.head = head
            self.body = body
            self.headers = headers
            self.idle = idle
            self.headTimeout = headTimeout
            self.bodyTimeout = bodyTimeout
            self.responseTimeout = responseTimeout
            self.connections = connections
        }
    }

    /// How a command on the same machine reaches the operator API: `http://127.0.0.1:8080`, or `unix:` and the path of
    /// a Unix-domain socket.
    public var localURL: String {
        let listener = operatorListener ?? ListenerSettings(unix ?? .tcp(host: host, port: port), tls: tls)
        let (host, port): (String, Int)
        switch listener.place {
        case .unix(let path, _): return "unix:\(path)"
        case .tcp(let tcpHost, let tcpPort): (host, port) = (tcpHost, tcpPort)
        }
        let local = ["0.0.0.0", "::", "localhost"].contains(host) ? "127.0.0.1" : host
        return "\(listener.tls == nil ? "http" : "https")://\(local.contains(":") ? "[\(local)]" : local):\(port)"
    }

    public init(host: String = "127.0.0.1", port: Int = 8080, limits: Limits = Limits()) {
        self.host = host
        self.port = port
        self.limits = limits
    }
}

public struct StoreSettings: Sendable, Equatable {
    /// The database file; made if it does not exist.
    public var sqlite: String
    /// Events that may wait for the writer; more are answered 503.
    public var waiting: Int
    /// `nil`: people's data stands in the store in clear text.
    public var encryption: EncryptionSettings?
    /// `nil`: no backups but those that `causeway backup --to` makes.
    public var backups: BackupSettings?

    public init(sqlite: String = "causeway.db", waiting: Int = 4096) {
        self.sqlite = sqlite
        self.waiting = waiting
    }
}

public struct OperatorSettings: Sendable, Equatable {
    /// The bearer token of `/operator/v1`. Without one the operator API is off and its routes do not exist.
    public var token: Secret?

    /// Shorter tokens are refused.
    public static let shortestToken = 16

    public init(token: Secret? = nil) { self.token = token }
}

public struct LogSettings: Sendable, Equatable {
    public enum Level: String, Sendable, CaseIterable {
        case trace, debug, info, notice, warning, error, critical
    }

    public enum Format: String, Sendable, CaseIterable {
        /// Text on a terminal, JSON otherwise.
        case auto
        case text
        case json
    }

    public var level: Level
    public var format: Format

    public init(level: Level = .info, format: Format = .auto) {
        self.level = level
        self.format = format
    }
}

public struct ShutdownSettings: Sendable, Equatable {
    /// How long requests in flight and running deliveries may take to end. What is cut off is taken up again at the
    /// next start.
    public var deadline: Duration

    public init(deadline: Duration = .seconds(20)) { self.deadline = deadline }
}

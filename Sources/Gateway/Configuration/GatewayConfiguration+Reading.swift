import Flows
public import Foundation
import Mapping
import Relay

extension GatewayConfiguration {
    /// Reads `causeway.yaml`. Changes nothing, opens nothing but the file and those that it names.
    /// - Parameters:
    ///   - path: Files that the configuration names are relative to its folder.
    ///   - environment: Where `${NAME}` is looked up.
    /// - Throws: All problems of the file at once.
    public static func load(
        path: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> GatewayConfiguration {
        try read(yaml: text(of: path), file: path, folder: folder(of: path), environment: environment)
    }

    static func text(of path: String) throws(ConfigurationError) -> String {
        if let yaml = textFile(path) { return yaml }
        let problem = ConfigurationProblem(
            line: 1, column: 1, key: "", found: "no readable file", expected: "a YAML file in UTF-8 at this path")
        throw ConfigurationError(file: path, problems: [problem])
    }

    static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    /// - Parameters:
    ///   - file: The name that problems carry.
    ///   - folder: What relative paths in the configuration are relative to.
    public static func read(
        yaml: String, file: String = "causeway.yaml", folder: String = ".", environment: [String: String] = [:]
    ) throws(ConfigurationError) -> GatewayConfiguration {
        try read(yaml: yaml, file: file, folder: folder, environment: environment, vault: nil)
    }

    /// - Parameter vault: What the key vault said about each name that the file refers to; `nil` if it was not asked.
    static func read(
        yaml: String, file: String, folder: String, environment: [String: String], vault: VaultValues?
    ) throws(ConfigurationError) -> GatewayConfiguration {
        let files = ConfigurationFiles(folder: folder)
        let reading = ConfigurationReading(
            interpolation: Interpolation(environment: environment, readFile: files.text(at:)))
        let configuration = reading.root(of: yaml).flatMap { GatewayConfiguration($0, files, vault) }
        guard let configuration, reading.problems.isEmpty else {
            let problems = reading.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
            throw ConfigurationError(file: file, problems: problems)
        }
        return configuration
    }

    /// - Returns: `nil` only if a problem was noted.
    private init?(_ root: ConfigurationSection, _ files: ConfigurationFiles, _ vault: VaultValues?) {
        // First, because all others may refer to what it describes.
        let secrets = SecretsSettings(root, files, vault)
        let server = ServerSettings(root.section("server"), files)
        let store = StoreSettings(root.section("store"), files)
        let commerce = root.requiredSection("commerce", holding: "baseURL, auth and webhooks of the shop")
        let dynamics = root.requiredSection("dynamics", holding: "environment, auth and businessEvents of the ERP")
        let entities = root.requiredSection("legalEntities", holding: "default: the company that sells, such as usmf")
        let legalEntities = entities.map(LegalEntities.init)
        let orders = OrderSettings(root.section("orders"), legalEntities)
        let shipping = ShippingSettings(root)
        let customers = CustomerPolicy(root.section("customers"))
        let companies = CompanyPolicy(root.section("companies"))
        let quotes = QuotePolicy(root.section("quotes"))
        let relay = RelaySettings(root.section("relay"))
        let retention = RetentionRules(root.section("retention"))
        let operatorAPI = OperatorSettings(root.section("operator"))
        let audit = AuditSettings(root.section("audit"))
        let log = LogSettings(root.section("log"))
        let shutdown = ShutdownSettings(root.section("shutdown"))
        let payments = root.section("payments").map(PaymentPolicy.init)
        let refunds = root.section("refunds").map(RefundPolicy.init)
        let alerts = AlertSettings(root.section("alerts"), files)
        let values = ValueTableCatalog(root.section("values"))
        let mapping = MappingSettings(root.section("mapping"), files, values)
        let reconciliation = ReconciliationSettings(root.section("reconciliation"))
        let syntheticOrder = SyntheticOrderSettings(root.section("syntheticOrder"))
        let shop = commerce.map { CommerceSettings($0, files) }
        let erp = dynamics.map { DynamicsSettings($0, files) }
        let polling = PollingSettings(root.section("polling"), erp?.entities)
        root.finish()
        guard let shop, let erp, let legalEntities else { return nil }
        self.init(
            server: server, store: store, commerce: shop, dynamics: erp, legalEntities: legalEntities, orders: orders,
            relay: relay, retention: retention, operatorAPI: operatorAPI, log: log, shutdown: shutdown)
        self.shipping = shipping
        self.alerts = alerts
        self.audit = audit
        self.customers = customers
        self.companies = companies
        self.quotes = quotes
        self.secrets = secrets
        self.values = values
        self.polling = polling
        self.mapping = mapping
        self.reconciliation = reconciliation
        self.syntheticOrder = syntheticOrder
        self.payments = payments ?? self.payments
        self.refunds = refunds ?? self.refunds
        sections = Set(
            ["payments", "refunds", "customers", "companies", "quotes"].filter { root.child($0) != nil })
    }
}

/// Files that the configuration names, relative to its own folder.
struct ConfigurationFiles {
    var folder: String

    func path(_ path: String) -> String {
        path.hasPrefix("/") ? path : folder + "/" + path
    }

    func text(at path: String) -> String? { textFile(self.path(path)) }

    func bytes(at path: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(fileURLWithPath: self.path(path)))).map(Array.init)
    }
}

/// - Returns: `nil` if there is no such file, it cannot be read, or it is not UTF-8.
private func textFile(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

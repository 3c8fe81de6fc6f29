import Commerce
import Dynamics
import Yams

extension CommerceSettings {
    init(_ section: ConfigurationSection, _ files: ConfigurationFiles) {
        let baseURL = section.baseURL("baseURL", such: "https://shop.example.com")
        let edition = section.choice("edition", default: Edition.paas)
        let store = section.text("store", default: "default")
        if !baseURL.isEmpty { section.checkEndpoint(baseURL, edition, store) }
        let auth = CommerceAuthSettings(in: section, edition: edition)
        let connection = ConnectionSettings(section.section("connection"), files, hasTimeout: true)
        var signatures: [SignatureSettings] = []
        var ims: WebhookIMSSettings?
        if let webhooks = section.requiredSection(
            "webhooks", holding: "signatures: the keys that webhooks are signed with")
        {
            let keys = webhooks.list("signatures")
            signatures = keys.compactMap { SignatureSettings($0.node, at: $0.path, in: webhooks.reading, files) }
            ims = webhooks.section("ims").map { WebhookIMSSettings($0, hasSignatures: !keys.isEmpty) }
            if keys.isEmpty, ims == nil {
                webhooks.missing("signatures", expected: "at least one key: { rsaPublicKey: … } or { hmacSecret: … }")
            }
            webhooks.finish()
        }
        let events = section.section("events").map { CommerceEventSettings($0, files) }
        let batches = BatchSizes(section)
        section.finish()
        self.init(
            baseURL: baseURL, edition: edition, store: store, auth: auth ?? .bearer(token: Secret("")),
            connection: connection, signatures: signatures)
        webhookIMS = ims
        self.events = events
        self.batches = batches
    }
}

extension ConfigurationSection {
    fileprivate func checkEndpoint(_ baseURL: String, _ edition: CommerceSettings.Edition, _ store: String) {
        do throws(EndpointError) {
            _ = try CommerceEndpoint(baseURL: baseURL, edition: edition.commerceEdition, store: store)
        } catch {
            let key = if case .invalidStore = error { "store" } else { "baseURL" }
            refuse(key, found: "an unusable value", expected: "another one: \(error)")
        }
    }
}

extension SignatureSettings {
    /// Which of the two it is follows from the configured key alone, never from the request, so that a public key
    /// cannot be passed off as an HMAC secret.
    fileprivate init?(_ node: Node, at path: String, in reading: ConfigurationReading, _ files: ConfigurationFiles) {
        guard let section = ConfigurationSection(node, at: path, in: reading) else { return nil }
        defer { section.finish() }
        let kind = section.alternative(["rsaPublicKey", "hmacSecret"])
        let signs: SignedBytes? = section.child("signs") == nil ? nil : section.choice("signs", default: .rawBody)
        switch kind {
        case "rsaPublicKey":
            guard let pem = section.publicKey("rsaPublicKey", files) else { return nil }
            self = .rsa(publicKeyPEM: pem, signs: signs ?? .base64Body)
        case "hmacSecret":
            let secret = section.secret("hmacSecret", expected: "a shared secret")
            do throws(KeyConfigurationError) {
                // An empty one was refused above.
                if !secret.reveal().isEmpty { _ = try WebhookKey.hmacSecret(secret.reveal()) }
            } catch {
                section.refuse("hmacSecret", found: "an unusable secret", expected: "another one. \(error)")
            }
            self = .hmac(secret: secret, signs: signs)
        default: return nil
        }
    }
}

extension DynamicsSettings {
    init(_ section: ConfigurationSection, _ files: ConfigurationFiles) {
        let environment = section.baseURL("environment", such: "https://contoso.operations.dynamics.com")
        let auth = section.requiredSection("auth", holding: DynamicsAuthSettings.expected)
            .flatMap { DynamicsAuthSettings($0, files) }
        if case .adfs = auth { section.checkOnPremises(environment) }
        let serviceBus = section.section("serviceBus").map(ServiceBusSettings.init)
        let events =
            serviceBus == nil
            ? section.requiredSection("businessEvents", holding: "tokens: [ … ]") : section.section("businessEvents")
        let connection = ConnectionSettings(section.section("connection"), files)
        let packages = PackageSettings(section.section("packages"))
        // Known here as well as in `baseURL`, for files whose addresses are all https.
        _ = section.flag("allowPlainHTTP", default: false)
        let sets = section.section("entities")
        let shipments = ShipmentEntities(sets?.section("shipments"))
        let entities = EntitySetNames(sets)
        let odata = DynamicsODataSettings(section.section("odata"))
        section.finish()
        self.init(
            environment: environment, auth: auth ?? .standIn, connection: connection,
            businessEvents: events.map { BusinessEventSettings($0, isOnlyWayIn: serviceBus == nil) }
                ?? BusinessEventSettings(tokens: []))
        self.entities = entities
        self.shipments = shipments
        self.odata = odata
        self.serviceBus = serviceBus
        self.packages = packages
    }
}

extension BusinessEventSettings {
    /// - Parameter isOnlyWayIn: Whether there must be an address that events can be posted to.
    fileprivate init(_ section: ConfigurationSection, isOnlyWayIn: Bool) {
        let tokens = section.endpointTokens()
        let eventGrid = section.section("eventGrid").map(EventGridSettings.init)
        let dataverse = section.section("dataverse").map(DataverseSettings.init)
        if isOnlyWayIn, section.list("tokens").isEmpty, eventGrid == nil, dataverse == nil {
            let expected =
                "a token of at least \(BusinessEventSettings.shortestToken) characters that nobody can guess"
            section.missing("tokens", expected: "a list with " + expected)
        }
        self.init(tokens: tokens)
        if let table = section.section("routes") { readRoutes(table) }
        section.finish()
        self.eventGrid = eventGrid
        self.dataverse = dataverse
    }
}

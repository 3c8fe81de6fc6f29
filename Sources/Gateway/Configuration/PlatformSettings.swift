public import Commerce
public import Dynamics

public struct CommerceSettings: Sendable, Equatable {
    public enum Edition: String, Sendable, CaseIterable {
        /// On premises and cloud infrastructure: REST under `/rest/<store>/V1`.
        case paas
        /// Adobe Commerce as a Cloud Service: REST under `/V1`.
        case saas
    }

    /// Scheme, host, port and path prefix, without a slash at the end.
    public var baseURL: String
    public var edition: Edition
    /// The store view's code under which REST calls are made.
    public var store: String
    public var auth: CommerceAuthSettings
    public var connection: ConnectionSettings
    /// Any one that verifies is enough; at least one, unless webhooks sign in with IMS.
    public var signatures: [SignatureSettings]
    /// `nil`: a signature is all that webhooks bring.
    public var webhookIMS: WebhookIMSSettings?
    /// `nil`: the route for Adobe I/O Events does not exist.
    public var events: CommerceEventSettings?
    /// How much goes into one call, until the shop says that it is too much.
    public var batches = BatchSizes()

    public init(
        baseURL: String, edition: Edition = .paas, store: String = "default", auth: CommerceAuthSettings,
        connection: ConnectionSettings = ConnectionSettings(), signatures: [SignatureSettings]
    ) {
        self.baseURL = baseURL
        self.edition = edition
        self.store = store
        self.auth = auth
        self.connection = connection
        self.signatures = signatures
    }
}

/// A key that webhooks may be signed with.
public enum SignatureSettings: Sendable, Equatable {
    public enum SignedBytes: String, Sendable, CaseIterable {
        /// The base64 text of the body, as Commerce signs.
        case base64Body
        /// The body itself.
        case rawBody
    }

    /// RSA PKCS #1 v1.5 with SHA-256.
    /// - Parameter publicKeyPEM: `-----BEGIN PUBLIC KEY-----` …
    case rsa(publicKeyPEM: String, signs: SignedBytes)
    /// HMAC-SHA256, written as base64 or hex.
    /// - Parameter signs: `nil` takes either.
    case hmac(secret: Secret, signs: SignedBytes?)
}

public struct DynamicsSettings: Sendable, Equatable {
    /// Scheme and host of the finance and operations environment, without a slash at the end.
    public var environment: String
    public var auth: DynamicsAuthSettings
    public var connection: ConnectionSettings
    public var businessEvents: BusinessEventSettings
    public var entities = EntitySetNames()
    /// Where the environment shows what was shipped.
    public var shipments = ShipmentEntities()
    public var odata = DynamicsODataSettings()
    /// `nil`: events come by HTTPS alone.
    public var serviceBus: ServiceBusSettings?
    public var packages = PackageSettings()

    public init(
        environment: String, auth: DynamicsAuthSettings, connection: ConnectionSettings = ConnectionSettings(),
        businessEvents: BusinessEventSettings
    ) {
        self.environment = environment
        self.auth = auth
        self.connection = connection
        self.businessEvents = businessEvents
    }
}

public struct BusinessEventSettings: Sendable, Equatable {
    /// The last segment of the URL that Dynamics posts to. Dynamics can send no other secret, so that is all that
    /// stands between the endpoint and a stranger. At least one, unless events come by another way.
    public var tokens: [Secret]
    /// `BusinessEventId` → flow.
    public var routes: [String: KnownFlow]
    /// What the fields of a company's own events are called.
    public var fields = NoticeFields()
    public var eventGrid: EventGridSettings?
    public var dataverse: DataverseSettings?

    /// Shorter tokens are refused.
    public static let shortestToken = 16
    public static let defaultRoutes = [
        "SalesInvoicePostedBusinessEvent": KnownFlow.invoiceToCommerce, "CustomerChanged": .customerToCommerce,
    ]

    public init(tokens: [Secret], routes: [String: KnownFlow] = defaultRoutes) {
        self.tokens = tokens
        self.routes = routes
    }
}

public import Commerce

/// Events that Adobe I/O Events delivers.
public struct CommerceEventSettings: Sendable, Equatable {
    /// Of the project in Adobe's Developer Console whose registration posts here; events for others are refused.
    public var clientID: String
    /// Adobe's keys in PEM, if they must not be fetched.
    public var publicKeys: [String]
    /// For the older HMAC signatures; without one those are not taken. Several during a rotation.
    public var clientSecrets: [Secret]
    /// Further types of events that tell of a record, by its kind.
    public var types: [CommerceRecordKind: Set<String>]
    /// Where Adobe's keys are fetched from; only tests have another.
    public var keyOrigin = FetchedEventKeys.origin

    public init(
        clientID: String, publicKeys: [String] = [], clientSecrets: [Secret] = [],
        types: [CommerceRecordKind: Set<String>] = [:]
    ) {
        self.clientID = clientID
        self.publicKeys = publicKeys
        self.clientSecrets = clientSecrets
        self.types = types
    }
}

/// Webhooks that bring an IMS token (`developerConsoleOauth` in Commerce).
public struct WebhookIMSSettings: Sendable, Equatable {
    /// What is demanded of a webhook where signatures are configured as well.
    public enum Demand: String, Sendable, CaseIterable {
        /// A signature and a token.
        case both
        /// One of the two: for as long as one takes the place of the other.
        case either
    }

    /// Of the credentials that the hooks are configured with; any one of them.
    public var clientIDs: [String]
    /// `…@AdobeOrg`.
    public var organization: String
    public var keys: IssuerKeys
    public var demand: Demand

    /// https://developer.adobe.com/developer-console/docs/guides/authentication/
    public static let publicKeySet = "https://ims-na1.adobelogin.com/ims/keys"

    public init(
        clientIDs: [String], organization: String, keys: IssuerKeys = .keySet(publicKeySet),
        demand: Demand = .both
    ) {
        self.clientIDs = clientIDs
        self.organization = organization
        self.keys = keys
        self.demand = demand
    }
}

/// Where the keys are that an issuer signs its tokens with.
public enum IssuerKeys: Sendable, Equatable {
    /// The address of the key set.
    case keySet(String)
    /// The address of the issuer's OpenID metadata, which names the key set.
    case metadata(String)
    /// In PEM.
    case pinned([String])
}

/// Business events that come by Azure Event Grid.
public struct EventGridSettings: Sendable, Equatable {
    /// A header that the subscription adds to each delivery.
    public struct Header: Sendable, Equatable {
        public var name: String
        /// Any one of them.
        public var values: [Secret]

        public init(name: String, values: [Secret]) {
            self.name = name
            self.values = values
        }
    }

    /// A token of Entra ID that each delivery brings.
    public struct Bearer: Sendable, Equatable {
        /// The directory's id, a GUID.
        public var tenant: String
        /// Our application's id or URI; any one of them.
        public var audiences: [String]
        /// Who sends: Event Grid's own application.
        public var applicationIDs: [String]
        public var authority: String
        public var keys: IssuerKeys

        /// Of Event Grid in the public cloud.
        public static let eventGridApplication = "4962773b-9cdb-44cf-a8bf-237846a00ab7"

        public init(
            tenant: String, audiences: [String], applicationIDs: [String] = [eventGridApplication],
            authority: String = EntraSettings.publicAuthority, keys: IssuerKeys? = nil
        ) {
            self.tenant = tenant
            self.audiences = audiences
            self.applicationIDs = applicationIDs
            self.authority = authority
            let metadata = "\(authority)/\(tenant)/v2.0/.well-known/openid-configuration"
            self.keys = keys ?? .metadata(metadata)
        }

        /// Of both versions of tokens.
        var issuers: Set<String> { ["\(authority)/\(tenant)/v2.0", "https://sts.windows.net/\(tenant)/"] }
    }

    /// The last part of the address that the subscription posts to.
    public var tokens: [Secret]
    /// Resource ids of the topics whose events are taken.
    public var topics: [String]
    public var header: Header?
    public var bearer: Bearer?

    public init(tokens: [Secret], topics: [String], header: Header? = nil, bearer: Bearer? = nil) {
        self.tokens = tokens
        self.topics = topics
        self.header = header
        self.bearer = bearer
    }
}

/// Rows that Dataverse's webhooks tell of.
public struct DataverseSettings: Sendable, Equatable {
    /// The three kinds of sign-in that a webhook can be registered with.
    public enum SignIn: Sendable, Equatable {
        /// Name → values of which any one is right; all names must be there.
        case headers([String: [Secret]])
        /// `?code=…`; any one of them.
        case webhookKey([Secret])
        /// As headers, in the query.
        case query([String: [Secret]])
    }

    /// The last part of the address that is registered.
    public var tokens: [Secret]
    public var signIn: SignIn

    public init(tokens: [Secret], signIn: SignIn) {
        self.tokens = tokens
        self.signIn = signIn
    }
}

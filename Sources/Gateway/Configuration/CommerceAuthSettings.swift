import Commerce

/// How Causeway signs in to the shop: exactly one way.
public enum CommerceAuthSettings: Sendable, Equatable {
    /// An integration's access token (PaaS).
    case bearer(token: Secret)
    /// An integration's four values; each request is signed (PaaS).
    case oauth1(OAuth1)
    /// An administrator's name and password (PaaS).
    case adminToken(AdminToken)
    /// Server-to-server credentials of Adobe IMS (SaaS, and PaaS whose administration is part of an organization).
    case ims(IMS)

    public struct OAuth1: Sendable, Equatable {
        public var consumerKey: String
        public var consumerSecret: Secret
        public var accessToken: Secret
        public var accessTokenSecret: Secret

        public init(consumerKey: String, consumerSecret: Secret, accessToken: Secret, accessTokenSecret: Secret) {
            self.consumerKey = consumerKey
            self.consumerSecret = consumerSecret
            self.accessToken = accessToken
            self.accessTokenSecret = accessTokenSecret
        }
    }

    public struct AdminToken: Sendable, Equatable {
        public var user: String
        public var password: Secret
        /// How long the shop takes a token, which its answer does not tell.
        public var lifetime: Duration

        public init(user: String, password: Secret, lifetime: Duration) {
            self.user = user
            self.password = password
            self.lifetime = lifetime
        }
    }

    public struct IMS: Sendable, Equatable {
        public var clientID: String
        public var clientSecret: Secret
        /// `<id>@AdobeOrg`
        public var organization: String
        public var tokenURL: String
        public var scopes: [String]

        public init(
            clientID: String, clientSecret: Secret, organization: String, tokenURL: String, scopes: [String]
        ) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.organization = organization
            self.tokenURL = tokenURL
            self.scopes = scopes
        }
    }
}

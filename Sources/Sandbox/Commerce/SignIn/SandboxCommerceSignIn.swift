/// Who may call the simulated shop, and how it tells.
public struct SandboxCommerceSignIn: Sendable {
    public enum Edition: String, Sendable {
        /// Takes an integration's bearer token, signatures by OAuth 1.0a, administrators' tokens, and tokens of IMS.
        case paas
        /// Takes tokens of IMS alone, under `/<tenant>/V1/…`.
        case saas
    }

    public var edition = Edition.paas
    /// `oauth/consumer/enable_integration_as_bearer`
    public var takesBearerTokens = true
    public var consumerKey = "sandboxconsumerkey00000000000001"
    public var consumerSecret = "sandboxconsumersecret00000000002"
    public var accessToken = "sandboxaccesstoken00000000000003"
    public var accessTokenSecret = "sandboxaccesstokensecret00000004"
    /// Differs between versions of Commerce.
    public var parameterOrder = OAuthParameterOrder.encoded
    public var administrator = "causeway"
    public var administratorPassword = "sandbox-Password-1"
    public var administratorTokenLifetime = Duration.seconds(4 * 3600)
    /// Codes of the providers that administrators have to sign in with besides: `google`.
    public var secondFactors: [String] = []
    /// The first part of paths on SaaS.
    public var tenant = "sandboxtenant0001"
    public var clientID = "sandbox-ims-client"
    public var clientSecret = "p8e-sandbox-ims-secret"
    public var organization = "0123456789ABCDEF00000001@AdobeOrg"
    public var scopes: Set = ["openid", "AdobeID", "commerce.accs"]
    public var tokenLifetime = Duration.seconds(86_399)

    public init() {}
}

/// How a version of Commerce sorts the parameters of a signature. All agree as long as indices have one digit.
public enum OAuthParameterOrder: Sendable, CaseIterable {
    /// Encoded names bytewise, as RFC 5849 §3.4.1.3.2 says.
    case encoded
    /// Names as they are, bytewise: the newest versions.
    case decoded
    /// Numbers within names by their value: versions from about 2.4.4 to 2.4.8.
    case natural

    func precedes(_ left: String, _ right: String) -> Bool {
        switch self {
        case .encoded: OAuthEncoding.encode(left) < OAuthEncoding.encode(right)
        case .decoded: Array(left.utf8).lexicographicallyPrecedes(Array(right.utf8))
        case .natural: Self.pieces(left).lexicographicallyPrecedes(Self.pieces(right))
        }
    }

    private enum Piece: Comparable {
        case number(Int)
        case text([UInt8])

        static func < (left: Piece, right: Piece) -> Bool {
            switch (left, right) {
            case (.number(let left), .number(let right)): left < right
            case (.text(let left), .text(let right)): left.lexicographicallyPrecedes(right)
            case (.number, .text): true
            case (.text, .number): false
            }
        }
    }

    private static func pieces(_ name: String) -> [Piece] {
        name.matches(of: /[0-9]{1,9}|[^0-9]+/).map { match in
            Int(match.0).map(Piece.number) ?? .text(Array(match.0.utf8))
        }
    }
}

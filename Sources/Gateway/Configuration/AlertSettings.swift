public import HTTPClient

/// What is watched, and who is told.
public struct AlertSettings: Sendable {
    /// How notices call this gateway.
    public var name = "causeway"
    /// How often everything is looked at.
    public var every = Duration.seconds(15)
    /// How long something must hold to be raised, and be gone to be over.
    public var settle = Duration.seconds(30)
    public var rules = AlertRules()
    public var channels: [AlertChannelSettings] = []
    /// PEM file with the authorities that channels are trusted by, instead of the system's.
    public var ca: String?

    public init() {}
}

public enum AlertChannelSettings: Sendable {
    /// Standard Webhooks.
    /// - Parameter secrets: `whsec_…`; the current one first, then the one before it, if it is still signed with.
    case webhook(url: Secret, secrets: [Secret])
    case slack(url: Secret)
    case teams(url: Secret)
    case email(MailSettings)
}

public struct MailSettings: Sendable {
    /// `smtps://mail.example.com:465` or `smtp://mail.example.com:587`.
    public var server: String
    public var tls: MailServer.Security
    public var user: String?
    public var password: Secret?
    public var from: MailAddress
    public var to: [MailAddress]

    public init(
        server: String, tls: MailServer.Security = .required, user: String? = nil, password: Secret? = nil,
        from: MailAddress, to: [MailAddress]
    ) {
        self.server = server
        self.tls = tls
        self.user = user
        self.password = password
        self.from = from
        self.to = to
    }

    func mailServer(ca: String?) throws(MailError) -> MailServer {
        try MailServer(
            url: server, security: tls,
            login: user.map { MailServer.Login(user: $0, password: password?.reveal() ?? "") }, caBundle: ca)
    }
}

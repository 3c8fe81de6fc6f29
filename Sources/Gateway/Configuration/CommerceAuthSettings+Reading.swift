import Commerce

extension CommerceAuthSettings {
    /// - Parameter section: `commerce`, which holds `auth`.
    /// - Returns: `nil` only if a problem was noted.
    init?(in section: ConfigurationSection, edition: CommerceSettings.Edition) {
        guard let auth = section.requiredSection("auth", holding: "one of \(Self.ways.joined(separator: ", "))")
        else {
            return nil
        }
        defer { auth.finish() }
        // All of them become known, those that stand beside the right one too.
        let present = Self.ways.filter { auth.child($0) != nil }
        guard let way = auth.alternative(Self.ways) else {
            for way in present { _ = auth.section(way).map { Self($0, way) } }
            return nil
        }
        if edition == .saas, way != "ims" {
            auth.refuseKey(
                way, expected: "ims: { clientID, clientSecret, organization }, the only way to sign in to saas")
        }
        guard let settings = auth.section(way).map({ Self($0, way) }) else { return nil }
        self = settings
    }

    private static let ways = ["bearer", "oauth1", "adminToken", "ims"]

    private init(_ section: ConfigurationSection, _ way: String) {
        defer { section.finish() }
        switch way {
        case "oauth1": self = .oauth1(OAuth1(section))
        case "adminToken": self = .adminToken(AdminToken(section))
        case "ims": self = .ims(IMS(section))
        default: self = .bearer(token: section.secret("token", expected: "the integration's access token"))
        }
    }
}

extension CommerceAuthSettings.OAuth1 {
    fileprivate init(_ section: ConfigurationSection) {
        self.init(
            consumerKey: section.text("consumerKey", expected: "the integration's consumer key"),
            consumerSecret: section.secret("consumerSecret", expected: "the integration's consumer secret"),
            accessToken: section.secret("accessToken", expected: "the integration's access token"),
            accessTokenSecret: section.secret("accessTokenSecret", expected: "the integration's access token secret"))
    }
}

extension CommerceAuthSettings.AdminToken {
    fileprivate init(_ section: ConfigurationSection) {
        self.init(
            user: section.text("user", expected: "the name of an administrator"),
            password: section.secret("password", expected: "the administrator's password"),
            lifetime: section.duration(
                "lifetime", in: .seconds(60)...IssuedTokenLimits.longest, default: AdminSignIn.defaultLife))
    }
}

extension CommerceAuthSettings.IMS {
    private static let organizationSuffix = "@AdobeOrg"

    fileprivate init(_ section: ConfigurationSection) {
        let expected = "the organization's id, which ends in \(Self.organizationSuffix)"
        let organization = section.text("organization", expected: expected)
        if !organization.isEmpty, !organization.hasSuffix(Self.organizationSuffix) {
            section.refuse("organization", found: "\"\(organization)\"", expected: expected)
        }
        let scopes = section.texts("scopes", expected: "names of scopes")
        self.init(
            clientID: section.text("clientID", expected: "the client id of the OAuth Server-to-Server credential"),
            clientSecret: section.secret("clientSecret", expected: "the credential's client secret"),
            organization: organization,
            tokenURL: section.baseURL(
                "tokenURL", such: IMSSignIn.defaultTokenURL, default: IMSSignIn.defaultTokenURL),
            scopes: scopes.isEmpty ? IMSSignIn.defaultScopes : scopes)
    }
}

/// No token is believed to live longer (`IssuedToken.longestLife`).
private enum IssuedTokenLimits {
    static let longest = Duration.seconds(24 * 3600)
}

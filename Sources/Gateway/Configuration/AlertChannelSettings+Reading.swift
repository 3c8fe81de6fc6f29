import Foundation
import HTTPClient

extension AlertChannelSettings {
    /// - Returns: `nil` only if a problem was noted.
    init?(_ item: ConfigurationSection) {
        let kind = item.alternative(["webhook", "slack", "teams", "email"])
        let webhook = item.section("webhook").map(Self.webhook)
        let slack = item.section("slack").map { AlertChannelSettings.slack(url: $0.hook()) }
        let teams = item.section("teams").map { AlertChannelSettings.teams(url: $0.hook()) }
        let email = item.section("email").flatMap(MailSettings.init).map { AlertChannelSettings.email($0) }
        item.finish()
        guard kind != nil, let channel = webhook ?? slack ?? teams ?? email else { return nil }
        self = channel
    }

    private static func webhook(_ section: ConfigurationSection) -> AlertChannelSettings {
        let expected =
            "whsec_ and base64 of \(WebhookSigner.secretBytes.lowerBound) to \(WebhookSigner.secretBytes.upperBound) "
            + "bytes, as from: echo whsec_$(openssl rand -base64 32)"
        var secrets = [section.secret("secret", expected: expected)]
        if section.child("previousSecret") != nil {
            secrets.append(section.secret("previousSecret", expected: expected))
        }
        for (key, secret) in zip(["secret", "previousSecret"], secrets) where section.child(key) != nil {
            let bytes = WebhookSigner.key(of: secret.reveal())
            if !WebhookSigner.secretBytes.contains(bytes?.count ?? 0) {
                section.refuse(
                    key, found: bytes.map { "a secret of \($0.count) bytes" } ?? "a secret in another form",
                    expected: expected)
            }
        }
        return .webhook(url: section.hook(), secrets: secrets)
    }
}

extension MailSettings {
    /// - Returns: `nil` only if a problem was noted.
    fileprivate init?(_ section: ConfigurationSection) {
        let server = section.text("server", expected: "smtps://mail.example.com:465 or smtp://mail.example.com:587")
        let tls = section.choice("tls", default: MailServer.Security.required)
        let user = section.optionalText("user", expected: "the user to sign in as")
        var password: Secret?
        if user != nil || section.child("password") != nil {
            password = section.secret("password", expected: "the user's password")
        }
        if user == nil, section.child("password") != nil {
            section.missing("user", expected: "the user whose password this is")
        }
        let from = section.mailAddress("from")
        let to = section.mailAddresses("to")
        section.finish()
        guard let from, !to.isEmpty else { return nil }
        self.init(server: server, tls: tls, user: user, password: password, from: from, to: to)
        guard section.child("server") != nil else { return }
        do throws(MailError) {
            _ = try mailServer(ca: nil)
        } catch {
            section.refuse("server", found: "an unusable server", expected: error.description)
        }
        refusePlainPassword(section)
    }

    /// With less than `required` whoever is between can have the password sent in the clear.
    private func refusePlainPassword(_ section: ConfigurationSection) {
        guard user != nil, tls != .required, !server.hasPrefix("smtps://"),
            URLComponents(string: server)?.host.map(ConfigurationSection.isLoopback) != true
        else { return }
        section.refuse(
            "tls", found: "\(tls.rawValue), with a password", expected: "required, or a server without user")
    }
}

extension ConfigurationSection {
    /// The address of a hook, which no message quotes.
    fileprivate func hook() -> Secret {
        let mayBePlain = flag("allowPlainHTTP", default: false)
        let url = secret("url", expected: "the hook's address, https://…")
        defer { finish() }
        guard child("url") != nil, !url.reveal().isEmpty else { return url }
        guard let parts = URLComponents(string: url.reveal()), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme), parts.user == nil,
            url.reveal().utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            refuse("url", found: "no usable address", expected: "https://…, percent-encoded, without user")
            return url
        }
        if parts.scheme == "http", !mayBePlain, !Self.isLoopback(host) {
            refuse(
                "url", found: "plain http",
                expected: "https, or allowPlainHTTP: true beside it if the network between is yours")
        }
        return url
    }

    fileprivate func mailAddress(_ key: String) -> MailAddress? {
        if child(key) == nil { missing(key, expected: Self.addressShape) }
        return value(key, expected: Self.addressShape, MailAddress.init)
    }

    fileprivate func mailAddresses(_ key: String) -> [MailAddress] {
        let items = list(key)
        if items.isEmpty { missing(key, expected: "a list with at least one of: \(Self.addressShape)") }
        if items.count > Self.maxRecipients {
            refuse(key, found: "\(items.count) addresses", expected: "at most \(Self.maxRecipients)")
        }
        return items.compactMap { item in
            guard let text = scalar(item.node, at: item.path, expected: Self.addressShape) else { return nil }
            if let address = MailAddress(text) { return address }
            reading.note(item.node, item.path, found: Self.kind(of: item.node), expected: Self.addressShape)
            return nil
        }
    }

    private static let addressShape = "ops@example.com, or Name <ops@example.com>"
    private static let maxRecipients = 50
}

import Cryptography
import HTTPClient
import Relay

/// The channels of the configuration, with a transport of their own: alerts must get through also when the platforms
/// are throttled, paused or not to be reached.
struct AlertChannels: Sendable {
    let all: [any AlertChannel]

    /// Notices under way at once; a channel sends one after the other.
    private static let maxRequests = 64

    init(_ all: [any AlertChannel]) { self.all = all }

    /// - Throws: `MailError.invalidServer`, which the configuration's reader would have refused.
    init(
        _ settings: AlertSettings, clock: any WallClock, transport: (any HTTPTransport)? = nil
    ) throws(MailError) {
        guard !settings.channels.isEmpty else {
            all = []
            return
        }
        let transport =
            transport
            ?? CurlTransport(
                configuration: TransportConfiguration(
                    maxConnections: Self.maxRequests, maxRequests: Self.maxRequests, caBundle: settings.ca,
                    userAgent: Version.userAgent))
        var counts: [String: Int] = [:]
        var channels: [any AlertChannel] = []
        for channel in settings.channels {
            let count = (counts[channel.kind] ?? 0) + 1
            counts[channel.kind] = count
            let name = count == 1 ? channel.kind : "\(channel.kind)-\(count)"
            channels.append(try Self.channel(channel, name, settings, clock, transport))
        }
        all = channels
    }

    private static func channel(
        _ channel: AlertChannelSettings, _ name: String, _ settings: AlertSettings, _ clock: any WallClock,
        _ transport: any HTTPTransport
    ) throws(MailError) -> any AlertChannel {
        func post(_ url: Secret) -> HookPost {
            HookPost(url: url, transport: transport, now: { clock.now().millisecondsSince1970 })
        }
        switch channel {
        case .webhook(let url, let secrets):
            let signer = WebhookSigner(keys: secrets.compactMap { WebhookSigner.key(of: $0.reveal()) })
            return WebhookChannel(
                name: name, id: channel.id, gateway: settings.name, post: post(url), signer: signer, clock: clock)
        case .slack(let url):
            return SlackChannel(name: name, id: channel.id, gateway: settings.name, post: post(url))
        case .teams(let url):
            return TeamsChannel(name: name, id: channel.id, gateway: settings.name, post: post(url))
        case .email(let mail):
            return MailChannel(
                name: name, id: channel.id, gateway: settings.name, from: mail.from, to: mail.to,
                transport: MailTransport(try mail.mailServer(ca: settings.ca)))
        }
    }
}

extension AlertChannelSettings {
    fileprivate var kind: String {
        switch self {
        case .webhook: "webhook"
        case .slack: "slack"
        case .teams: "teams"
        case .email: "email"
        }
    }

    /// Of the receiver, and not readable: the address of a hook is a secret.
    fileprivate var id: String {
        let receiver =
            switch self {
            case .webhook(let url, _), .slack(let url), .teams(let url): url.reveal()
            case .email(let mail): ([mail.server] + mail.to.map(\.address).sorted()).joined(separator: " ")
            }
        return "\(kind):" + Hex.encode(Array(SHA256.hash(Array(receiver.utf8)).prefix(8)))
    }
}

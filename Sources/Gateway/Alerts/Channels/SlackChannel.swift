/// Slack's incoming webhooks, and those of others that take the same JSON (Mattermost, Rocket.Chat, Google Chat).
struct SlackChannel: AlertChannel {
    let name: String
    let id: String
    let gateway: String
    let post: HookPost

    private struct Message: Encodable {
        var text: String
    }

    func send(_ notice: AlertNotice) async throws(AlertSendFailure) -> AlertReceipt {
        try await post.send(try AlertJSON.encode(Message(text: Self.text(notice, gateway: gateway))))
    }

    static func text(_ notice: AlertNotice, gateway: String) -> String {
        (["*\(escaped(notice.headline(gateway)))*"] + notice.details.map(escaped)).joined(separator: "\n")
    }

    /// So that nothing in it becomes a link or calls a whole channel.
    /// https://docs.slack.dev/messaging/formatting-message-text/#escaping
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

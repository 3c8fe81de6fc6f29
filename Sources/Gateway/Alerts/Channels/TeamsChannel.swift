/// Microsoft Teams through a workflow with the trigger *When a Teams webhook request is received*, which takes
/// Adaptive Cards and nothing else.
/// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
struct TeamsChannel: AlertChannel {
    let name: String
    let id: String
    let gateway: String
    let post: HookPost

    func send(_ notice: AlertNotice) async throws(AlertSendFailure) -> AlertReceipt {
        try await post.send(try AlertJSON.encode(TeamsMessage(notice, gateway: gateway)))
    }
}

/// An Adaptive Card 1.4 in the envelope that Teams asks for.
struct TeamsMessage: Encodable {
    struct Attachment: Encodable {
        var contentType = "application/vnd.microsoft.card.adaptive"
        var content: Card
    }

    struct Card: Encodable {
        var schema = "http://adaptivecards.io/schemas/adaptive-card.json"
        var type = "AdaptiveCard"
        var version = "1.4"
        var body: [Block]

        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case type, version, body
        }
    }

    /// Text runs show what they hold; text blocks would take it for Markdown.
    struct Block: Encodable {
        var type = "RichTextBlock"
        var inlines: [Run]
    }

    struct Run: Encodable {
        var type = "TextRun"
        var text: String
        var size: String?
        var weight: String?
        var color: String?
    }

    var type = "message"
    var attachments: [Attachment]

    init(_ notice: AlertNotice, gateway: String) {
        let color =
            switch notice.change {
            case .raised, .worse: notice.alert.severity == .critical ? "attention" : "warning"
            case .resolved: "good"
            case .test: "accent"
            }
        let headline = Run(text: notice.headline(gateway), size: "medium", weight: "bolder", color: color)
        let blocks = [Block(inlines: [headline])] + notice.details.map { Block(inlines: [Run(text: $0)]) }
        attachments = [Attachment(content: Card(body: blocks))]
    }
}

import Relay

/// A source that is asked for messages, as `/status` shows it.
struct SourceJSON: Encodable {
    var source: String
    var place: String
    var receivers: Int
    /// Since the start, by what came of them.
    var messages: [String: Int]
    var lastAnswerAt: String?
    var lastMessageAt: String?
    var troubleSince: String?
    var troubleCode: String?
    /// For holders of the operator token.
    var trouble: String?

    init(_ standing: SourceStanding, showsReason: Bool) {
        source = standing.name
        place = standing.place
        receivers = standing.receivers
        messages = Dictionary(
            uniqueKeysWithValues: SourceStanding.Tally.allCases.map { ($0.rawValue, standing.tally[$0] ?? 0) })
        lastAnswerAt = standing.lastAnswerAt?.iso8601
        lastMessageAt = standing.lastMessageAt?.iso8601
        troubleSince = standing.troubleSince?.iso8601
        troubleCode = standing.trouble?.code
        trouble = showsReason ? standing.trouble?.description : nil
    }
}

/// The same for Prometheus.
struct SourceMetrics {
    let sources: [SourceStanding]

    var text: String {
        guard !sources.isEmpty else { return "" }
        var text = PrometheusText()
        text.family(
            "causeway_source_messages_total", .counter,
            help: "Messages taken from a source that is asked for them, by what came of them.")
        for source in sources {
            for tally in SourceStanding.Tally.allCases {
                text.sample(
                    "causeway_source_messages_total", .init([("source", source.name), ("outcome", tally.rawValue)]),
                    Double(source.tally[tally] ?? 0))
            }
        }
        text.family("causeway_source_trouble", .gauge, help: "1 while a source does not answer, or is not stored.")
        for source in sources {
            text.sample(
                "causeway_source_trouble", .init([("source", source.name)]), source.trouble == nil ? 0 : 1)
        }
        return text.content
    }
}

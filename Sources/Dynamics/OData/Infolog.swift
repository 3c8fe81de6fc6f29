/// The sentences that F&O's business logic wrote before it refused a record.
///
/// `Write failed for table row of type 'X'. Infolog: Warning: Site is mandatory.; Error: Update has been canceled.`
struct Infolog: Equatable {
    /// What a person needs to read, without prefixes, each sentence once. Never empty.
    let sentences: [String]

    /// Sentences that are kept.
    static let sentenceLimit = 10

    /// - Returns: `nil` if the text holds no infolog.
    init?(_ text: String) {
        guard let marker = text.firstRange(of: "Infolog:") else { return nil }
        let segments = Infolog.split(String(text[marker.upperBound...]))
        let telling = segments.filter { !$0.isGeneric }
        let serious = telling.filter { $0.severity != .info }
        let best = [serious, telling, segments].first { !$0.isEmpty } ?? []
        var seen: Set<String> = []
        let sentences = best.map(\.text).filter { seen.insert($0).inserted }
        guard !sentences.isEmpty else { return nil }
        self.sentences = Array(sentences.prefix(Infolog.sentenceLimit))
    }

    private enum Severity { case info, warning, error, unknown }

    private struct Segment {
        var severity: Severity
        var text: String

        /// Says only that something was refused, not why.
        var isGeneric: Bool {
            let text = text.lowercased()
            return [
                "validatewrite failed on data source", "validatefield failed on data source",
                "validatedelete failed on data source", "write failed for table row of type",
                "update has been canceled", "update has been cancelled",
            ].contains { text.hasPrefix($0) }
        }
    }

    /// Cuts at semicolons that a prefix follows: sentences may hold semicolons of their own.
    private static func split(_ text: String) -> [Segment] {
        var segments: [Segment] = []
        for piece in text.split(separator: ";") {
            let piece = piece.trimmed
            guard !piece.isEmpty else { continue }
            if let segment = prefixed(piece) {
                segments.append(segment)
            } else if let last = segments.indices.last {
                segments[last].text += "; " + piece
            } else {
                segments.append(Segment(severity: .unknown, text: String(piece)))
            }
        }
        return segments.filter { !$0.text.isEmpty }
    }

    private static func prefixed(_ piece: Substring) -> Segment? {
        let prefixes: [(String, Severity)] = [("Info:", .info), ("Warning:", .warning), ("Error:", .error)]
        for (prefix, severity) in prefixes where piece.hasPrefix(prefix) {
            return Segment(severity: severity, text: String(piece.dropFirst(prefix.count).trimmed))
        }
        return nil
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

import Logging

/// One log event in its two written forms, each without a line end.
struct LogLine {
    var time: UTCTime
    var level: Logger.Level
    var message: String
    /// In the order in which they are written.
    var fields: [(String, String)]

    /// Longer values are cut, so that a line stays one write.
    static let valueLimit = 1000

    /// `06:12:44.104 info    delivered  delivery=7 subject="order 000000042"`
    var text: String {
        let level = level.rawValue.padding(to: 7)
        let fields = fields.map { " \($0.0)=\(Self.quotedIfNeeded(Self.cut($0.1)))" }.joined()
        return "\(time.clock) \(level) \(Self.printable(Self.cut(message)))\(fields)"
    }

    /// `{"time":"2026-…Z","level":"info","message":"delivered","delivery":"7"}`
    var json: String {
        let all = [("time", time.iso8601), ("level", level.rawValue), ("message", message)] + fields
        return "{" + all.map { "\(JSONText.quoted($0.0)):\(JSONText.quoted(Self.cut($0.1)))" }.joined(separator: ",")
            + "}"
    }

    private static func cut(_ value: String) -> String {
        value.utf8.count <= valueLimit ? value : String(value.prefix(valueLimit)) + "…"
    }

    /// Without control characters: nobody who sends us a name may write lines of their own into the log.
    private static func printable(_ value: String) -> String {
        guard value.unicodeScalars.contains(where: isControl) else { return value }
        return value.unicodeScalars.map { isControl($0) ? $0.escaped(asASCII: true) : String($0) }.joined()
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private static func quotedIfNeeded(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.allSatisfy { !$0.isWhitespace && $0 != "\"" && $0 != "=" }
        return isPlain ? printable(value) : "\"" + printable(value.replacing("\"", with: "\\\"")) + "\""
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}

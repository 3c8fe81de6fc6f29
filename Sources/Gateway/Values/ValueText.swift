import Flows
import Mapping

/// What may stand in a value table, the same for files, requests and commands.
enum ValueText {
    /// Characters of a text that are shown to whoever sent it.
    static let foundLimit = 60
    static let expectedScope = "a legal entity of 1 to 4 letters and digits, or nothing for all of them"

    /// Spreadsheets leave blanks at the ends that nobody sees; no code has them on purpose.
    static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// - Returns: What was expected; `nil` if the key can be used.
    static func problem(key: String) -> String? {
        guard !key.isEmpty, isText(key, atMost: ValueTableDefinition.keyLimit) else {
            return "1 to \(ValueTableDefinition.keyLimit) characters without control characters"
        }
        return nil
    }

    /// - Returns: What was expected; `nil` if the value can be used.
    static func problem(value: String) -> String? {
        guard isText(value, atMost: ValueTableDefinition.valueLimit) else {
            return "at most \(ValueTableDefinition.valueLimit) characters without control characters"
        }
        return nil
    }

    /// - Returns: The legal entity in lower case, empty for all; `nil` if it is none.
    static func scope(_ text: String) -> String? { text.isEmpty ? "" : LegalEntities.dataAreaId(text) }

    private static func isText(_ text: String, atMost limit: Int) -> Bool {
        // Bytes first: counting characters of a megabyte takes long.
        text.utf8.count <= limit * 4 && text.count <= limit
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

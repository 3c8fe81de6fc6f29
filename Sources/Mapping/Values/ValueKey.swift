import Foundation

/// One row of a value table: the word of one platform that stands for a word of the other.
public struct ValueKey: Sendable, Hashable, Codable, CustomStringConvertible {
    /// `shipping-methods`.
    public var table: String
    /// The legal entity (`dataAreaId`, lower case) that the row is for; empty for all of them.
    public var scope: String
    /// The word to be translated, as the source writes it: `flatrate_flatrate`.
    public var key: String

    public init(table: String, scope: String = "", key: String) {
        self.table = table
        self.scope = scope
        self.key = key
    }

    public var description: String { "\(table) \"\(key)\"\(scope.isEmpty ? "" : " (\(scope))")" }

    /// The row as one text, by which a store finds those that wait for it: `shipping-methods/flatrate_flatrate/usmf`,
    /// with an empty last part for all legal entities. The text of a row for all of them begins the texts of the same
    /// row for each.
    ///
    /// Case is kept, for people; stores compare these texts without regard to ASCII case, since a try too many does no
    /// harm and a record that waits for ever does.
    public var text: String {
        let words = [table, key.precomposedStringWithCanonicalMapping].map { word in
            // The separator, and the sign of the encoding itself.
            word.replacing("%", with: "%25").replacing("/", with: "%2F")
        }
        return (words + [scope]).joined(separator: "/")
    }

    /// - Returns: `nil` if the text is of no row.
    public init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            .map { String($0).replacing("%2F", with: "/").replacing("%25", with: "%") }
        guard parts.count == 3 else { return nil }
        self.init(table: parts[0], scope: parts[2], key: parts[1])
    }
}

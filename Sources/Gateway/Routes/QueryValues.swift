import Foundation

/// Values of a query by name, for senders whose queries may hold more than we know of.
struct QueryValues {
    /// More pairs than this hold nothing.
    static let mostPairs = 64

    private var values: [String: String] = [:]

    init(_ query: String?) {
        let pairs = (query ?? "").split(separator: "&", maxSplits: Self.mostPairs)
        guard pairs.count <= Self.mostPairs else { return }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(parts[0])
            let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
            // Of two with one name, two readers could take different ones: none counts.
            values[name] = values[name] == nil ? value : ""
        }
    }

    /// `nil` if absent, empty, or there more than once.
    subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    private static func decoded(_ text: Substring) -> String {
        let spaced = String(text.replacing("+", with: " "))
        return spaced.removingPercentEncoding ?? spaced
    }
}

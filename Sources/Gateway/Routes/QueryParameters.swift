import Foundation
import HTTPServer

/// `a=1&b=x%20y`, percent-decoded, `+` as a space. Unknown and repeated names are refused, because a misspelt
/// filter that is ignored shows too much.
struct QueryParameters {
    private var values: [String: String] = [:]

    init(_ query: String?, known: Set<String>) throws(Problem) {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(parts[0])
            guard known.contains(name) else {
                throw .invalidParameter(
                    "query", found: name, expected: "one of " + known.sorted().joined(separator: ", "))
            }
            let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
            guard values.updateValue(value, forKey: name) == nil else {
                throw .invalidParameter(name, found: "the same parameter twice", expected: "it once")
            }
        }
    }

    /// `nil` if absent or empty.
    subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    func value<Value>(
        _ name: String, expected: String, _ parse: (String) -> Value?
    ) throws(Problem) -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = parse(text) else { throw .invalidParameter(name, found: text, expected: expected) }
        return value
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = String(text.replacing("+", with: " "))
        return spaced.removingPercentEncoding ?? spaced
    }
}

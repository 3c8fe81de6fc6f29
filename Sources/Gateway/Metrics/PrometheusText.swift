/// Prometheus text format 0.0.4, written line by line.
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
public struct PrometheusText: Sendable {
    public enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// Sorted by name, so that one set has one spelling.
    public struct Labels: Sendable, Hashable, Comparable {
        private var pairs: [Pair]

        private struct Pair: Sendable, Hashable {
            var name: String
            var value: String
        }

        public init(_ pairs: [(String, String)] = []) {
            self.pairs = pairs.map { Pair(name: PrometheusText.name($0), value: $1) }.sorted { $0.name < $1.name }
        }

        /// With one more label at the end, as `le` of a bucket.
        public func adding(_ name: String, _ value: String) -> Labels {
            var labels = self
            labels.pairs.append(Pair(name: name, value: value))
            return labels
        }

        public static func < (left: Labels, right: Labels) -> Bool { left.text < right.text }

        var text: String {
            guard !pairs.isEmpty else { return "" }
            return "{" + pairs.map { "\($0.name)=\"\(PrometheusText.escaped($0.value))\"" }.joined(separator: ",")
                + "}"
        }
    }

    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    public private(set) var content = ""

    public init() {}

    /// Begins a family; its samples follow.
    public mutating func family(_ name: String, _ kind: Kind, help: String?) {
        if let help {
            // Quotes stay as they are in help texts.
            let text = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
            content += "# HELP \(name) \(text)\n"
        }
        content += "# TYPE \(name) \(kind.rawValue)\n"
    }

    public mutating func sample(_ name: String, _ labels: Labels, _ value: Double) {
        content += "\(name)\(labels.text) \(Self.number(value))\n"
    }

    /// Letters, digits, `_` and `:`; anything else becomes `_`.
    static func name(_ label: String) -> String {
        let name = String(
            label.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") ? $0 : "_" })
        return name.first?.isNumber == true ? "_" + name : name
    }

    static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { [0x5C, 0x22, 0x0A].contains($0) }) else { return value }
        return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
}

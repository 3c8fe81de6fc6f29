import HTTPTypes

/// One handler and the names of the placeholders on the way to it.
final class Route: Sendable {
    /// As written, for metrics.
    let pattern: String
    let handler: Handler
    private let names: [String]

    enum Handler: Sendable {
        case waiting(Router.Handler)
        case immediate(Router.ImmediateHandler)
    }

    init(pattern: String, handler: Handler) {
        self.pattern = pattern
        self.handler = handler
        names = Self.segments(of: pattern).compactMap(Self.placeholder)
    }

    /// - Parameter values: Percent-encoded, in the order of the placeholders.
    func parameters(_ values: [Substring]) throws(Problem) -> PathParameters {
        if values.isEmpty { return PathParameters() }
        var decoded: [String: String] = [:]
        for (name, value) in zip(names, values) { decoded[name] = try Self.decode(value) }
        return PathParameters(decoded)
    }

    static func segments(of path: String) -> [Substring] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }

    /// `name` for `{name}`, otherwise `nil`.
    static func placeholder(_ segment: Substring) -> String? {
        segment.hasPrefix("{") && segment.hasSuffix("}") ? String(segment.dropFirst().dropLast()) : nil
    }

    private static func decode(_ value: Substring) throws(Problem) -> String {
        guard value.utf8.contains(ASCII.percent) else { return String(value) }
        var bytes: [UInt8] = []
        var rest = value.utf8
        while let byte = rest.popFirst() {
            if byte == ASCII.percent, let high = rest.popFirst().flatMap(ASCII.hexValue),
                let low = rest.popFirst().flatMap(ASCII.hexValue)
            {
                bytes.append(high << 4 | low)
            } else {
                bytes.append(byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(
                "invalid-path", status: .badRequest, title: "Invalid path",
                detail: "The escapes in the path are not UTF-8.")
        }
        return text
    }
}

/// Names one host, or all hosts below a domain: `static.adobeioevents.com`, `*.blob.core.windows.net`.
public struct HostPattern: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let description: String

    /// - Parameter text: A name of letters, digits, dots and hyphens, or an IP address (IPv6 in brackets); `*.` in
    ///   front stands for one or more labels. At least two labels must follow it.
    public init?(_ text: String) {
        let text = text.lowercased()
        let isBelow = text.hasPrefix("*.")
        let name = isBelow ? text.dropFirst(2) : text[...]
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard !name.isEmpty, !isBelow || labels.count >= 2 else { return nil }
        guard name.first == "[" && name.last == "]" && !isBelow || labels.allSatisfy(HostPattern.isLabel) else {
            return nil
        }
        description = text
    }

    /// One that is no pattern matches nothing.
    public init(stringLiteral text: String) {
        description = HostPattern(text)?.description ?? ""
    }

    /// - Parameter host: As `Origin.host` gives it.
    public func matches(_ host: String) -> Bool {
        guard description.hasPrefix("*.") else { return !description.isEmpty && host == description }
        return host.hasSuffix(description.dropFirst()) && host.utf8.count >= description.utf8.count
    }

    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}

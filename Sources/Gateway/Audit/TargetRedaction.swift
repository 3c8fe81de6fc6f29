import Foundation
import HTTPClient

/// Masks hidden values in what is percent-encoded: the target of a call, and forms.
struct TargetRedaction {
    let hidden: HiddenNames
    let masksMail: Bool

    /// Bytes of a target that are kept.
    static let limit = 2048

    /// - Parameter target: Path and query.
    func target(_ target: String) -> String {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = encoded(parts[0], keeping: "/!$&'()*+,;=:@") { literals(in: $0) }
        let text = parts.count > 1 ? path + "?" + pairs(String(parts[1])) : path
        return Excerpt.cut(text.utf8, to: Self.limit, mark: "\(text.utf8.count) bytes")
    }

    /// `name=value&…`
    func pairs(_ text: String) -> String {
        let pairs = text.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: parts[0], value: parts.count > 1 ? parts[1] : nil)
        }
        // Commerce: …[field]=email&…[value]=…
        let told = pairs.compactMap { name, value -> String? in
            guard let value, let field = decoded(name), field.hasSuffix("[field]"),
                hidden.contains(decoded(value) ?? "")
            else { return nil }
            return String(field.dropLast("[field]".count)) + "[value]"
        }
        return pairs.map { name, value in
            guard let value else { return String(name) }
            let plain = decoded(name) ?? String(name)
            // The last word of a[b][c].
            let word = plain.split { "[]".contains($0) }.last.map(String.init) ?? plain
            if hidden.contains(word) || told.contains(plain) { return "\(name)=\(value.isEmpty ? "" : Mask.text)" }
            return "\(name)=" + encoded(value, keeping: "/!$'()*,;:@") { literals(in: $0) }
        }.joined(separator: "&")
    }

    /// OData: `PrimaryContactEmail eq 'a@b.example'`, `contains(Name,'Doe')`, `Customers(Email='a@b.example')`.
    /// A literal belongs to the last name before it that is no operator and no function.
    func literals(in text: String) -> String {
        var masked = ""
        var name = ""
        var rest = text[...]
        while let first = rest.first {
            if first == "'" {
                let literal = Self.literal(rest)
                masked += hidden.contains(name) && literal.count > 2 ? "'\(Mask.text)'" : String(literal)
                rest = rest[literal.endIndex...]
            } else if first.isLetter || first == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                rest = rest[word.endIndex...]
                if rest.first != "(", !Self.operators.contains(word.lowercased()) { name = String(word) }
                masked += word
            } else {
                masked.append(first)
                rest = rest.dropFirst()
            }
        }
        return masksMail ? Mask.mailAddresses(in: masked) : masked
    }

    private static let operators: Set<String> = [
        "eq", "ne", "gt", "ge", "lt", "le", "and", "or", "not", "in", "add", "sub", "mul", "div", "mod",
    ]

    /// From its quote to the closing one; a quote in it is written twice.
    private static func literal(_ text: Substring) -> Substring {
        var end = text.index(after: text.startIndex)
        while end < text.endIndex {
            let next = text.index(after: end)
            if text[end] != "'" {
                end = next
            } else if next < text.endIndex, text[next] == "'" {
                end = text.index(after: next)
            } else {
                return text[..<next]
            }
        }
        return text
    }

    /// Unchanged, to the byte, where nothing is hidden.
    private func encoded(
        _ text: Substring, keeping kept: StaticString, _ mask: (String) -> String
    ) -> String {
        guard let plain = decoded(text) else { return mask(String(text)) }
        let masked = mask(plain)
        guard masked != plain else { return String(text) }
        return masked.split(separator: Mask.text, omittingEmptySubsequences: false)
            .map { PercentEncoding.encode(String($0), keeping: kept) }
            .joined(separator: Mask.text)
    }

    private func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}

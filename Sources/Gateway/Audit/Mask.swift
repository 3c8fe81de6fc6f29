/// What stands in place of what is hidden.
enum Mask {
    static let text = "•••"

    /// Hides what looks like an e-mail address, wherever it stands: error messages like to quote them.
    static func mailAddresses(in text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        var masked = ""
        var rest = text[...]
        while let at = rest.firstIndex(of: "@") {
            let before = rest[..<at]
            let local = before.suffix(before.reversed().prefix { isPart(of: $0, besides: ".!#$%'*+-^_`{|}~") }.count)
                // A quotation begins with one.
                .drop { $0 == "'" }
            let after = rest.index(after: at)
            var domain = rest[after...].prefix { isPart(of: $0, besides: ".-") }
            while let last = domain.last, last == "." || last == "-" { domain = domain.dropLast() }
            if !local.isEmpty, !domain.isEmpty {
                masked += before[..<local.startIndex] + Mask.text
                rest = rest[domain.endIndex...]
            } else {
                masked += rest[..<after]
                rest = rest[after...]
            }
        }
        return masked + rest
    }

    /// RFC 5322 §3.2.3 and RFC 6531 for the local part, without what separates the parts of paths and queries;
    /// RFC 5890 for the domain.
    private static func isPart(of character: Character, besides punctuation: String) -> Bool {
        character.isLetter || character.isNumber || punctuation.contains(character)
    }
}

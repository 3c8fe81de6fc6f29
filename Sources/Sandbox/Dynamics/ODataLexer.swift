import Foundation

/// One token of a `$filter`.
enum ODataToken: Equatable {
    case open
    case close
    case comma
    /// A property or an operator.
    case word(String)
    case literal(ODataLiteral)
}

/// A constant in a `$filter` or a key.
enum ODataLiteral: Equatable {
    case string(String)
    case number(Decimal)
    case dateTime(String)
    /// `Microsoft.Dynamics.DataEntities.SalesStatus'Backorder'`.
    case enumeration(type: String, symbol: String)
    case null
    case bool(Bool)
}

/// Cuts an OData expression into tokens (OData 4.0 ABNF, §7). A quote inside a string is written twice.
struct ODataLexer {
    /// Longer expressions are refused; F&O's limit is that of the URL.
    static let maxCharacters = 8192

    private var rest: Substring

    static func tokens(_ text: String) throws(ODataRefusal) -> [ODataToken] {
        guard text.count <= maxCharacters else { throw .malformed("The expression is too long.") }
        var lexer = ODataLexer(rest: text[...])
        var tokens: [ODataToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private mutating func next() throws(ODataRefusal) -> ODataToken? {
        rest = rest.drop { $0 == " " }
        guard let first = rest.first else { return nil }
        switch first {
        case "(": rest = rest.dropFirst(); return .open
        case ")": rest = rest.dropFirst(); return .close
        case ",": rest = rest.dropFirst(); return .comma
        case "'": return .literal(.string(try quoted()))
        default: return try word()
        }
    }

    private mutating func quoted() throws(ODataRefusal) -> String {
        var text = ""
        rest = rest.dropFirst()
        while let character = rest.popFirst() {
            guard character == "'" else {
                text.append(character)
                continue
            }
            guard rest.first == "'" else { return text }
            text.append("'")
            rest = rest.dropFirst()
        }
        throw .malformed("There is an unterminated string literal in the expression.")
    }

    private mutating func word() throws(ODataRefusal) -> ODataToken {
        let word = String(rest.prefix { !" (),'".contains($0) })
        rest = rest.dropFirst(word.count)
        if rest.first == "'" {
            let prefix = EntitySchema.namespace + "."
            guard word.hasPrefix(prefix) else {
                throw .malformed("Syntax error: '\(word)' before a string literal is no enumeration type.")
            }
            return .literal(
                .enumeration(type: String(word.dropFirst(prefix.count)), symbol: try quoted()))
        }
        switch word {
        case "null": return .literal(.null)
        case "true": return .literal(.bool(true))
        case "false": return .literal(.bool(false))
        default: break
        }
        guard let first = word.first, first.isNumber || first == "-" else { return .word(word) }
        if ODataDate.isDateTimeOffset(word) { return .literal(.dateTime(word)) }
        guard word.wholeMatch(of: /-?\d+(\.\d+)?/) != nil, let number = Decimal(string: word, locale: nil) else {
            throw .malformed("Syntax error: '\(word)' is no literal.")
        }
        return .literal(.number(number))
    }
}

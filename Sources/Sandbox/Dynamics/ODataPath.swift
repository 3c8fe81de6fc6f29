import Foundation

/// What follows `/data/` in a path.
enum ODataPath: Equatable {
    case serviceDocument
    case batch
    case set(String)
    case count(String)
    /// `CustomersV3(dataAreaId='usmf',CustomerAccount='C-1')`.
    case entity(String, key: [String: ODataLiteral])

    /// - Parameter path: Percent-encoded.
    init(_ path: String) throws(ODataRefusal) {
        var decoded = QueryString.decode(path.dropFirst("/data".count), plusIsSpace: false)?[...] ?? "/?"
        if decoded.first == "/" { decoded = decoded.dropFirst() }
        if decoded.isEmpty {
            self = .serviceDocument
        } else if decoded == "$batch" {
            self = .batch
        } else if let open = decoded.firstIndex(of: "(") {
            guard decoded.last == ")" else { throw .malformed("The key in the path is not closed.") }
            let inner = decoded[decoded.index(after: open)...].dropLast()
            self = .entity(String(decoded[..<open]), key: try Self.key(String(inner)))
        } else if decoded.hasSuffix("/$count") {
            self = .count(String(decoded.dropLast("/$count".count)))
        } else {
            self = .set(String(decoded))
        }
    }

    private static func key(_ text: String) throws(ODataRefusal) -> [String: ODataLiteral] {
        // `=` is no delimiter in expressions, so it is set apart from the value that follows.
        var key: [String: ODataLiteral] = [:]
        var rest = text[...]
        while !rest.isEmpty {
            let name = rest.prefix { $0 != "=" && $0 != "'" && $0 != "," }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=", !name.isEmpty else { throw .malformed("Every key field must be named.") }
            let value = literalText(rest.dropFirst())
            rest = rest.dropFirst(value.count + 1)
            guard case .literal(let literal)? = try ODataLexer.tokens(String(value)).first,
                key.updateValue(literal, forKey: name.trimmingCharacters(in: .whitespaces)) == nil
            else { throw .malformed("The key value '\(value)' is not understood.") }
            if rest.first == "," { rest = rest.dropFirst() }
        }
        return key
    }

    /// Up to the comma that is outside of quotes.
    private static func literalText(_ text: Substring) -> Substring {
        var isQuoted = false
        return text.prefix { character in
            if character == "'" { isQuoted.toggle() }
            return isQuoted || character != ","
        }
    }

    /// The entity set that is read or written; `nil` for a batch, which says so inside.
    var entitySet: String? {
        switch self {
        case .set(let set), .count(let set), .entity(let set, _): set
        case .serviceDocument, .batch: nil
        }
    }

    /// For the request counters.
    var name: String {
        switch self {
        case .serviceDocument: "/data"
        case .batch: "/data/$batch"
        case .set(let set): "/data/\(EntitySchema.named(set) == nil ? "?" : set)"
        case .count(let set): "/data/\(EntitySchema.named(set) == nil ? "?" : set)/$count"
        case .entity(let set, _): "/data/\(EntitySchema.named(set) == nil ? "?" : set)(…)"
        }
    }
}

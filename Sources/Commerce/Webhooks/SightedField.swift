import JSON
import Relay

/// What stands at a field.
enum SightedField: Equatable {
    case absent
    case text(String)
    case number(String)
    /// Something that can be no id: `an object`.
    case other(String)

    init(_ scanner: inout JSONScanner) throws(JSONSyntaxError) {
        let token = try scanner.next()
        switch token {
        case .string(let text): self = .text(scanner.string(text))
        case .number(let range): self = .number(scanner.number(range).text)
        case .bool: self = .other("a boolean")
        case .beginObject: self = .other("an object")
        case .beginArray: self = .other("a list")
        case .null, .key, .endObject, .endArray, .end: self = .absent
        }
        try scanner.skip(token)
    }

    /// Whole numbers are taken as their text, as Commerce itself sends ids either way.
    private var asText: Self {
        if case .number(let text) = self, Int(text) != nil { .text(text) } else { self }
    }

    private var found: String {
        switch self {
        case .absent: "nothing"
        case .text(""): "an empty text"
        case .text(let text): "the text \"\(text.prefix(40))\""
        case .number(let text): "the number \(text.prefix(40))"
        case .other(let kind): kind
        }
    }
}

extension SightedField {
    /// - Parameter path: Where it stands: `data.order.store_id`.
    func id(at path: String) throws(WebhookError) -> Int? {
        switch asText {
        case .absent, .text(""): return nil
        case .text(let text):
            if let id = Int(text), id >= 0 { return id }
        case .number, .other: break
        }
        throw .unusableField(path: path, found: found, expected: "a whole number or nothing")
    }

    func requiredID(at path: String, _ expected: String) throws(WebhookError) -> Int {
        if case .text(let text) = asText, let id = Int(text), id > 0 { return id }
        throw .unusableField(path: path, found: found, expected: expected)
    }

    /// A record's number: it becomes part of a subject, of log lines and of URLs.
    func number(at path: String, _ expected: String) throws(WebhookError) -> String {
        guard case .text(let text) = asText, !text.isEmpty else {
            throw .unusableField(path: path, found: found, expected: expected)
        }
        guard text.unicodeScalars.count <= WebhookReader.longestIncrementID else {
            throw .unusableField(path: path, found: "\(text.unicodeScalars.count) characters", expected: expected)
        }
        guard !text.unicodeScalars.contains(where: Self.isBlankOrControl) else {
            throw .unusableField(path: path, found: "white space or control characters", expected: expected)
        }
        return text
    }

    /// Asking Unicode's tables costs more than the rest of the reading, and numbers are ASCII.
    private static func isBlankOrControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar.value <= 0x20 : scalar.properties.isWhitespace
    }
}

// What only helps to find a record, or to tell old from new, is no reason to refuse it.
extension SightedField {
    /// A record's number, if it can be one.
    var numberIfAny: String? { try? number(at: "", "") }

    /// An id above zero, if it is one.
    var idIfAny: Int? { try? requiredID(at: "", "") }

    var email: String? {
        guard case .text(let text) = self, (3...WebhookReader.longestEmail).contains(text.utf8.count) else {
            return nil
        }
        return text
    }

    var moment: Timestamp? {
        guard case .text(let text) = self else { return nil }
        return CommerceTime.parse(text)
    }
}

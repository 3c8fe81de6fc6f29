extension JSONValue {
    /// What to make of two members with one name, on which RFC 8259 §4 leaves readers the choice.
    public enum RepeatedNames: Sendable {
        /// As in PHP and .NET.
        case lastCounts
        case refused
    }

    /// Reads one JSON text (RFC 8259) in UTF-8.
    /// - Parameter ignoringByteOrderMark: See `JSONScanner`.
    /// - Throws: `JSONSyntaxError`, also if the text nests deeper than `JSONScanner.depthLimit`.
    public static func parse(
        _ bytes: [UInt8], ignoringByteOrderMark: Bool = false, repeatedNames: RepeatedNames = .lastCounts
    ) throws(JSONSyntaxError) -> JSONValue {
        var tree = TreeReader(
            scanner: JSONScanner(bytes, ignoringByteOrderMark: ignoringByteOrderMark), repeatedNames: repeatedNames)
        return try tree.document()
    }
}

/// Makes values of tokens. Recursion is bounded by the scanner's depth limit.
private struct TreeReader {
    var scanner: JSONScanner
    let repeatedNames: JSONValue.RepeatedNames

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try value(scanner.next())
        _ = try scanner.next()
        return value
    }

    private mutating func value(_ token: JSONScanner.Token) throws(JSONSyntaxError) -> JSONValue {
        switch token {
        case .bool(let flag): .bool(flag)
        case .number(let range): .number(scanner.number(range))
        case .string(let text): .string(scanner.string(text))
        case .beginArray: .array(try elements())
        case .beginObject: .object(try members())
        case .null, .key, .endArray, .endObject, .end: .null
        }
    }

    private mutating func elements() throws(JSONSyntaxError) -> [JSONValue] {
        var elements: [JSONValue] = []
        while true {
            let token = try scanner.next()
            if token == .endArray { return elements }
            elements.append(try value(token))
        }
    }

    private mutating func members() throws(JSONSyntaxError) -> JSONObject {
        var members = JSONObject()
        while case .key(let text) = try scanner.next() {
            let name = scanner.string(text)
            if repeatedNames == .refused, members[name] != nil {
                throw JSONSyntaxError(byte: text.range.lowerBound - 1, problem: "a member's name stands twice")
            }
            members.append(name, try value(scanner.next()))
        }
        return members
    }
}

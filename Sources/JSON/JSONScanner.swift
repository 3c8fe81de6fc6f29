/// Cuts a JSON text (RFC 8259) into tokens, from left to right, without copying and without recursion.
///
/// Stricter than most: the text must be UTF-8, escaped surrogates must come in pairs, and nothing may stand before
/// or after the value. What no sender's encoder could have written is refused at the door, so that no two readers
/// of the stored bytes can ever disagree about them.
///
/// Use it where a few fields of a text are wanted, and `JSONValue` where the whole is.
public struct JSONScanner {
    public enum Token: Equatable, Sendable {
        case beginObject, endObject, beginArray, endArray
        /// A member's name; its value is next.
        case key(Text)
        case string(Text)
        /// The number as written.
        case number(Range<Int>)
        case bool(Bool)
        case null
        /// The value is complete and nothing but white space follows.
        case end
    }

    /// A string between its quotes.
    public struct Text: Equatable, Sendable {
        var range: Range<Int>
        /// Without escapes: the bytes are the text.
        var isPlain: Bool
    }

    /// Containers within containers. PHP's own encoder stops at 512, and a webhook nests three deep by default;
    /// as many as `containers` has bits.
    public static let depthLimit = 128

    private enum Expectation {
        case value, elementOrEnd, keyOrEnd, commaOrEnd, nothing
    }

    private let bytes: [UInt8]
    private var offset = 0
    private var expectation = Expectation.value
    /// Open containers, the innermost in the lowest bit; set for an object.
    private var containers: UInt128 = 0
    private var depth = 0

    /// - Parameter ignoringByteOrderMark: Whether a byte order mark may stand in front, which RFC 8259 §8.1 lets a
    ///   reader ignore and .NET likes to write.
    public init(_ bytes: [UInt8], ignoringByteOrderMark: Bool = false) {
        self.bytes = bytes
        if ignoringByteOrderMark, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// After the last token it is `end`, however often one asks.
    public mutating func next() throws(JSONSyntaxError) -> Token {
        skipWhitespace()
        guard let byte = peek else {
            if expectation == .nothing { return .end }
            throw problem("the text ends too early")
        }
        switch (expectation, byte) {
        case (.nothing, _):
            throw problem("something follows the value")
        case (.elementOrEnd, .closeBracket):
            return close(.endArray)
        case (.keyOrEnd, .closeBrace):
            return close(.endObject)
        case (.commaOrEnd, .closeBracket) where !isInObject:
            return close(.endArray)
        case (.commaOrEnd, .closeBrace) where isInObject:
            return close(.endObject)
        case (.commaOrEnd, .comma):
            offset += 1
            skipWhitespace()
            return isInObject ? try key() : try value()
        case (.commaOrEnd, _):
            throw problem(isInObject ? "expected , or }" : "expected , or ]")
        case (.keyOrEnd, _):
            return try key()
        case (.value, _), (.elementOrEnd, _):
            return try value()
        }
    }

    /// Skips the value that begins with `token`, the members and elements in it included.
    public mutating func skip(_ token: Token) throws(JSONSyntaxError) {
        guard token == .beginObject || token == .beginArray else { return }
        let outside = depth - 1
        while depth > outside { _ = try next() }
    }

    /// Skips the value that is next.
    public mutating func skipValue() throws(JSONSyntaxError) { try skip(next()) }

    /// Skips the value that begins with `token`, the token read last.
    /// - Returns: All of it as it is written.
    public mutating func source(from token: Token) throws(JSONSyntaxError) -> ArraySlice<UInt8> {
        let start =
            switch token {
            case .string(let text), .key(let text): text.range.lowerBound - 1
            case .number(let range): range.lowerBound
            case .bool(let flag): offset - (flag ? 4 : 5)
            case .null: offset - 4
            case .beginObject, .beginArray, .endObject, .endArray: offset - 1
            case .end: offset
            }
        try skip(token)
        return bytes[start..<offset]
    }

    /// What a string says, its escapes resolved.
    public func string(_ text: Text) -> String {
        text.isPlain
            ? String(decoding: bytes[text.range], as: UTF8.self) : JSONEscapes.resolved(in: bytes[text.range])
    }

    /// A string as it is written, escapes and all, between its quotes.
    public func source(_ text: Text) -> ArraySlice<UInt8> { bytes[text.range] }

    /// A number as it is written, without making a text of it.
    public func source(_ number: Range<Int>) -> ArraySlice<UInt8> { bytes[number] }

    /// A number as it is written.
    public func number(_ range: Range<Int>) -> JSONNumber {
        JSONNumber(asWritten: String(decoding: bytes[range], as: UTF8.self))
    }

    /// Compares without making a `String` where it can.
    public func isEqual(_ text: Text, _ expected: StaticString) -> Bool {
        guard text.isPlain else { return string(text) == expected.description }
        // Nearly all names differ in length already.
        guard text.range.count == expected.utf8CodeUnitCount else { return false }
        return expected.withUTF8Buffer { $0.elementsEqual(bytes[text.range]) }
    }

    private var isInObject: Bool { containers & 1 == 1 }
    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func problem(_ text: String) -> JSONSyntaxError { JSONSyntaxError(byte: offset, problem: text) }

    private mutating func skipWhitespace() {
        while offset < bytes.count, bytes[offset] <= .space {
            switch bytes[offset] {
            case .space, .tab, .lineFeed, .carriageReturn: offset += 1
            default: return
            }
        }
    }

    private mutating func open(_ token: Token) throws(JSONSyntaxError) -> Token {
        guard depth < JSONScanner.depthLimit else {
            throw problem("nested deeper than \(JSONScanner.depthLimit) levels")
        }
        let isObject = token == .beginObject
        containers = containers << 1 | (isObject ? 1 : 0)
        depth += 1
        offset += 1
        expectation = isObject ? .keyOrEnd : .elementOrEnd
        return token
    }

    private mutating func close(_ token: Token) -> Token {
        containers >>= 1
        depth -= 1
        offset += 1
        concludeValue()
        return token
    }

    private mutating func concludeValue() { expectation = depth == 0 ? .nothing : .commaOrEnd }

    private mutating func key() throws(JSONSyntaxError) -> Token {
        guard peek == .quote else { throw problem("expected a member's name in double quotes") }
        let name = try text()
        skipWhitespace()
        guard peek == .colon else { throw problem("expected : after a member's name") }
        offset += 1
        expectation = .value
        return .key(name)
    }

    private mutating func value() throws(JSONSyntaxError) -> Token {
        guard let byte = peek else { throw problem("the text ends too early") }
        let token: Token
        switch byte {
        case .openBrace: return try open(.beginObject)
        case .openBracket: return try open(.beginArray)
        case .quote: token = .string(try text())
        case .minus, UInt8.digitZero ... .digitNine: token = .number(try number())
        case .t: token = try literal("true", .bool(true))
        case .f: token = try literal("false", .bool(false))
        case .n: token = try literal("null", .null)
        default: throw problem("expected a value")
        }
        concludeValue()
        return token
    }

    private mutating func literal(_ word: StaticString, _ token: Token) throws(JSONSyntaxError) -> Token {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ $0.elementsEqual(bytes[offset..<end]) }) else {
            throw problem("expected \(word)")
        }
        offset = end
        return token
    }

    private mutating func number() throws(JSONSyntaxError) -> Range<Int> {
        let start = offset
        if peek == .minus { offset += 1 }
        if peek == .digitZero {
            offset += 1
        } else {
            try digits("expected a digit")
        }
        if peek == .point {
            offset += 1
            try digits("expected a digit after the decimal point")
        }
        if peek == .e || peek == .capitalE {
            offset += 1
            if peek == .plus || peek == .minus { offset += 1 }
            try digits("expected a digit in the exponent")
        }
        return start..<offset
    }

    private mutating func digits(_ expected: StaticString) throws(JSONSyntaxError) {
        let start = offset
        while let byte = peek, (UInt8.digitZero ... .digitNine).contains(byte) { offset += 1 }
        if offset == start { throw problem(expected.description) }
    }

    private mutating func text() throws(JSONSyntaxError) -> Text {
        offset += 1
        let start = offset
        var isPlain = true
        while true {
            skipPlainText()
            guard let byte = peek else { throw problem("a string does not end") }
            switch byte {
            case .quote:
                offset += 1
                return Text(range: start..<offset - 1, isPlain: isPlain)
            case .backslash:
                isPlain = false
                guard let length = JSONEscapes.length(in: bytes, at: offset) else {
                    throw problem("invalid escape in a string")
                }
                offset += length
            case 0..<0x20:
                throw problem("control character in a string")
            default:
                guard let length = UTF8Sequence.length(in: bytes, at: offset) else {
                    throw problem("invalid UTF-8 in a string")
                }
                offset += length
            }
        }
    }

    /// Most of a body's bytes pass through here.
    private mutating func skipPlainText() {
        offset = bytes.withUnsafeBufferPointer { bytes in
            var next = offset
            while next < bytes.count, bytes[next] &- 0x20 < 0x60, bytes[next] != .quote, bytes[next] != .backslash {
                next += 1
            }
            return next
        }
    }
}

import Testing

@testable import JSON

/// A number with this very text.
private func number(_ text: String) -> JSONValue { .number(JSONNumber(asWritten: text)) }

@Suite("Reading JSON")
struct JSONReadingTests {
    static let valid: [(String, JSONValue)] = [
        ("null", .null), (" true ", .bool(true)), ("false\n", .bool(false)), ("\t0\r\n", number("0")),
        ("-0", number("-0")), ("110.0", number("110.0")), ("1E+2", number("1E+2")), ("-1e-2", number("-1e-2")),
        ("12345678901234567890.12345678901234567890", number("12345678901234567890.12345678901234567890")),
        (#""""#, .string("")), (#""Zürich 🚲""#, .string("Zürich 🚲")),
        (#""Z\u00fcrich \ud83d\udeb2""#, .string("Zürich 🚲")),
        (#""\"\\\/\b\f\n\r\t\u0000""#, .string("\"\\/\u{8}\u{c}\n\r\t\u{0}")), (#""\u00DF\u00df""#, .string("ßß")),
        ("[]", .array([])), ("[ ]", .array([])), ("{}", .object([:])), ("{ }", .object([:])),
        ("[1,[2,[3]],{}]", .array([number("1"), .array([number("2"), .array([number("3")])]), .object([:])])),
        (#"{"a":{"b":[null]},"c":""}"#, .object(["a": .object(["b": .array([.null])]), "c": .string("")])),
        (#"{"a":1,"a":2}"#, .object(["a": number("2")])), (#"{"\u0061":1}"#, .object(["a": number("1")])),
        (#"{"":0}"#, .object(["": number("0")])),
        ("\"\u{7F}\u{FFFF}\u{10FFFF}\"", .string("\u{7F}\u{FFFF}\u{10FFFF}")),
    ]

    @Test("JSON by RFC 8259 is read, numbers as they are written", arguments: valid)
    func reads(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue.parse(Array(text.utf8)) == value)
    }

    static let invalid: [String] = [
        "", " ", "\u{FEFF}{}", "nul", "True", "nulll", "NaN", "Infinity", "-", "+1", "01", "-01", ".5", "1.", "1.e2",
        "1e", "1e+", "0x1", "1 2", "1_000", "１", "'a'", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u123g\"",
        "\"\\ud83d\"", "\"\\udeb2\"", "\"\\ud83d\\u0041\"", "\"\\udeb2\\ud83d\"", "\"a\nb\"", "\"\t\"", "\"\u{0}\"",
        "[", "]", "[1",
        "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1:2]", "[1}", "{", "}", "{]", "[}", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}",
        "{,}", "{\"a\" 1}", "{\"a\"::1}", "{a:1}", "{1:1}", "{null:1}", "{\"a\":1]", "{\"a\":1 \"b\":2}",
        "{\"a\":1;}", "[]]", "{}}",
        "{} x", "[1]#", "{}/**/", "// a\n{}", "\u{2060}1", "\u{C}1", "[\u{B}1]", "\"a\" \"b\"", "{\"a\":1}}", "*",
        "é",
    ]

    @Test("what is no JSON is refused", arguments: invalid)
    func refuses(_ text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(Array(text.utf8)) }
    }

    static let invalidUTF8: [[UInt8]] = [
        [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE2, 0x82],
        [0xED, 0xA0, 0x80],
        [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x9A], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
        [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x28, 0xB2],
    ]

    @Test("bytes that are no UTF-8 are refused", arguments: invalidUTF8)
    func refusesBytes(_ bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue.parse([0x22] + bytes + [0x22]) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue.parse([0x22] + bytes) }
    }

    @Test("a text cut off anywhere is refused")
    func refusesPrefixes() throws {
        let text = Array(#"{"a":[1.5e3,"\u00e9é\ud83d\udeb2",true,false,null,{}],"b":-0.1}"#.utf8)
        _ = try JSONValue.parse(text)
        for length in text.indices {
            #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(Array(text[..<length])) }
        }
    }

    @Test("nesting up to the limit is read, deeper nesting is refused before it costs anything")
    func limitsDepth() throws {
        func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
            Array((String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
        }
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            _ = try JSONValue.parse(nested(JSONScanner.depthLimit, open, close))
            #expect(throws: JSONSyntaxError.self) {
                try JSONValue.parse(nested(JSONScanner.depthLimit + 1, open, close))
            }
        }
        #expect(throws: JSONSyntaxError(byte: 128, problem: "nested deeper than 128 levels")) {
            try JSONValue.parse(Array(repeating: UInt8(ascii: "["), count: 100_000))
        }
    }

    static let places: [(String, Int)] = [
        ("", 0), (" ", 1), ("x", 0), ("nul", 0), ("True", 0), ("NaN", 0), ("+1", 0), ("01", 1), (".5", 0), ("1.", 2),
        ("1e", 2), ("1e+", 3), ("-", 1), ("--1", 1), ("1 2", 2), ("[", 1), ("[1", 2), ("[1,", 3), ("[1,]", 3),
        ("[1}", 2), ("[,1]", 1), ("{", 1), ("{1:2}", 1), (#"{"a"}"#, 4), (#"{"a":}"#, 5), (#"{"a":1,}"#, 7),
        (#"{"a" 1}"#, 5), (#"{"a":1"#, 6), (#"{"a":1]"#, 6), (#"""#, 1), (#""\"#, 1), (#""\x""#, 1), (#""\u12""#, 1),
        (#""\u12g4""#, 1), (#""\u+123""#, 1), (#""\ud800""#, 1), (#""\ud800\u0041""#, 1), (#""a\udc00""#, 2),
        ("\"\n\"", 1), ("\"a\u{1}\"", 2), ("'a'", 0), ("{}}", 2), ("// x\n1", 0), ("\"a", 2),
    ]

    @Test("the place is the byte where the text stops being JSON; for an escape, its backslash", arguments: places)
    func locatesByte(_ text: String, _ byte: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(Array(text.utf8)) }
        #expect(error?.byte == byte)
    }

    @Test("a byte order mark is refused unless it is asked to be ignored")
    func byteOrderMark() throws {
        let text = Array("\u{FEFF}1".utf8)
        #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(text) }
        #expect(try JSONValue.parse(text, ignoringByteOrderMark: true) == 1)
        #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(text + text, ignoringByteOrderMark: true) }
    }

    static let repeated: [(String, Int?)] = [
        (#"{"a":1,"a":2}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"[{"a":1},{"a":2}]"#, nil), (#"{"a":1,"A":2}"#, nil),
        (#"{"a":{"b":1,"c":2,"b":3}}"#, 18),
    ]

    @Test(
        "a name that stands twice is refused where that is asked for, otherwise its later value counts",
        arguments: repeated)
    func repeatedNames(_ text: String, _ byte: Int?) throws {
        _ = try JSONValue.parse(Array(text.utf8))
        let error = byte.map { JSONSyntaxError(byte: $0, problem: "a member's name stands twice") }
        do {
            _ = try JSONValue.parse(Array(text.utf8), repeatedNames: .refused)
            #expect(error == nil)
        } catch let found {
            #expect(found == error)
        }
    }

    @Test("the message says what is wrong and where")
    func locates() {
        #expect(throws: JSONSyntaxError(byte: 7, problem: "expected a member's name in double quotes")) {
            try JSONValue.parse(Array(#"{"a":1,}"#.utf8))
        }
    }
}

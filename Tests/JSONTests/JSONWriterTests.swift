import Foundation
import JSON
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    private func text(_ value: JSONValue, _ style: JSONWriter.Style = .plain) -> String {
        String(decoding: JSONWriter.bytes(value, style: style), as: UTF8.self)
    }

    @Test(
        "numbers are written as they were read",
        arguments: ["0.1", "1e3", "-9223372036854775808", "110.10", "1e999"])
    func numbers(_ written: String) throws {
        #expect(try text(JSONValue.parse(Array(written.utf8))) == written)
    }

    @Test("both ways of writing are read back as the same value", arguments: [JSONWriter.Style.plain, .php])
    func roundTrip(_ style: JSONWriter.Style) throws {
        let value: JSONValue = ["é/\"\\\n\u{1}😀": [.null, true, 5, .string("\u{7f}")], "empty": [:]]
        #expect(try JSONValue.parse(JSONWriter.bytes(value, style: style)) == value)
    }

    @Test("members are written in their sequence")
    func sequence() {
        #expect(text(["b": 1, "a": [true, .null, "x"], "0": [:]]) == #"{"b":1,"a":[true,null,"x"],"0":{}}"#)
    }

    @Test("PHP's way escapes slashes and letters beyond ASCII, and floats keep a fraction digit")
    func php() {
        #expect(text(["a": "é/😀", "b": .float(110)], .php) == #"{"a":"\u00e9\/\ud83d\ude00","b":110.0}"#)
        #expect(text(["a": "é/😀", "b": .float(110)]) == #"{"a":"é/😀","b":110.0}"#)
    }

    @Test("characters that JSON forbids are escaped, the short way where there is one")
    func control() {
        #expect(text("\u{8}\t\n\u{c}\r\u{1}\"\\") == #""\b\t\n\f\r\u0001\"\\""#)
    }
}

import Foundation
import Testing

@testable import JSON

@Suite("Numbers of JSON")
struct JSONNumberTests {
    @Test(
        "a number keeps its text and its exact value",
        arguments: [
            ("0.1", "0.1"), ("1e3", "1000"), ("110.10", "110.1"), ("-0", "0"),
            ("12345678901.123456", "12345678901.123456"), ("99999999999999999999.99", "99999999999999999999.99"),
            ("-9223372036854775808", "-9223372036854775808"), ("9007199254740993", "9007199254740993"),
        ])
    func exact(_ text: String, _ value: String) throws {
        let number = try #require(JSONValue.parse(Array(text.utf8)).number)
        #expect(number.text == text)
        #expect(number.decimal?.description == value)
    }

    @Test(
        "a number beyond exact reading has no value, rather than a rounded one",
        arguments: ["1e999999", "1e-101", "12345678901234567890123456789012345678901234567890"])
    func inexact(_ text: String) throws {
        let value = try JSONValue.parse(Array(text.utf8))
        #expect(value.numberValue == nil)
        #expect(value.intValue == nil)
        #expect(value == value)
        #expect(value != 1)
    }

    static let integers: [(String, Int64?, Int8?)] = [
        ("127", 127, 127), ("128", 128, nil), ("-128", -128, -128), ("1e2", 100, 100), ("5.0", 5, 5),
        ("5.5", nil, nil),
        ("9223372036854775807", .max, nil), ("9223372036854775808", nil, nil), ("-9223372036854775808", .min, nil),
    ]

    @Test("whole numbers are read exactly or not at all", arguments: integers)
    func whole(_ text: String, _ wide: Int64?, _ narrow: Int8?) {
        let number = JSONNumber(asWritten: text)
        #expect(number.integer(Int64.self) == wide)
        #expect(number.integer(Int8.self) == narrow)
    }

    @Test(
        "numbers are equal if their values are, whatever the notation",
        arguments: [("1E+2", "100"), ("110.0", "110"), ("-0", "0"), ("12e-1", "1.2"), ("1e999", "1e999")])
    func equal(_ left: String, _ right: String) {
        #expect(JSONNumber(asWritten: left) == JSONNumber(asWritten: right))
        #expect(JSONNumber(asWritten: left) != JSONNumber(asWritten: "7"))
    }

    @Test("a Decimal is written in its shortest form, or with a fraction digit where that is asked for")
    func written() {
        #expect(JSONNumber(110).text == "110")
        #expect(JSONNumber(float: 110).text == "110.0")
        #expect(JSONNumber(float: Decimal(4750) / 100).text == "47.5")
        #expect(JSONNumber(.nan).text == "0")
    }
}

extension JSONValue {
    fileprivate var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }
}

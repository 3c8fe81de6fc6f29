import Foundation
import JSON
import Testing

@Suite("Exact amounts")
struct ExactDecimalTests {
    static let exact: [(String, String)] = [
        ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e99", "0"), ("110.0", "110"), ("0.1", "0.1"), ("-9.5", "-9.5"),
        ("123.000000", "123"), ("1e2", "100"), ("1E+2", "100"), ("12.50e1", "125"), ("1e-2", "0.01"),
        ("29.949999999999999", "29.949999999999999"), ("0.30000000000000004", "0.30000000000000004"),
        ("9007199254740993", "9007199254740993"), ("18446744073709551617", "18446744073709551617"),
        ("12345678901234567890.1234567890", "12345678901234567890.123456789"), ("007", "7"),
        ("-0.0001", "-0.0001"), ("100000000000000000000000.01", "100000000000000000000000.01"),
        ("9999999999999999999999999999999999999", "9999999999999999999999999999999999999"),
        ("1.00000000000000000000000000000000000000000000000000", "1"), ("1000.000", "1000"),
        ("0.00000000000000000000000000000000000000000000001e47", "1"),
    ]

    @Test("a number's text becomes exactly that number", arguments: exact)
    func reads(_ text: String, _ expected: String) throws {
        let decimal = try #require(Decimal(exactly: text))
        #expect(decimal.description == expected)
        #expect(decimal == Decimal(string: expected, locale: Locale(identifier: "en_US_POSIX")))
    }

    static let refused = [
        "", " 1", "1 ", "+1", "--1", "-", ".5", "1.", "1,5", "1.2.3", "1e", "1e+", "e5", "1e5x", "0x10", "NaN", "inf",
        "1e99999", "1e101", "1e-101", "1" + String(repeating: "0", count: 38) + "1", "１", "1_0", "12,345.00",
        "1e--2",
        "1e-+2", "12345678901234567890123456789012345678901234567890",
    ]

    @Test("what is no exact number is refused, never rounded", arguments: refused)
    func refuses(_ text: String) { #expect(Decimal(exactly: text) == nil) }
}

public import Foundation

extension Decimal {
    /// The exact value of a number in JSON's notation (RFC 8259 §6): `110.0`, `-9.5`, `1e2`.
    /// - Returns: `nil` if it is no such number, or needs more than 38 digits or a power of ten beyond ±100.
    ///
    /// Read from the text digit by digit: no `Double` in between, and nothing rounded in silence.
    public init?(exactly text: String) {
        var digits = ArraySlice(text.utf8)
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        var mantissa = Mantissa()
        guard mantissa.take(&digits) > 0 else { return nil }
        var exponent = 0
        if digits.first == UInt8(ascii: ".") {
            digits.removeFirst()
            let places = mantissa.take(&digits)
            guard places > 0 else { return nil }
            exponent = -places
        }
        if let power = Decimal.takeExponent(&digits) { exponent += power } else { return nil }
        guard digits.isEmpty, !mantissa.isTooLong else { return nil }
        exponent += mantissa.trailingZeros
        guard mantissa.value != 0 else {
            self = 0
            return
        }
        guard (-100...100).contains(exponent) else { return nil }
        self = Decimal(sign: isNegative ? .minus : .plus, exponent: exponent, significand: mantissa.decimal)
    }

    /// - Returns: 0 if there is none, `nil` if it is malformed.
    private static func takeExponent(_ digits: inout ArraySlice<UInt8>) -> Int? {
        guard digits.first == UInt8(ascii: "e") || digits.first == UInt8(ascii: "E") else { return 0 }
        digits.removeFirst()
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        guard digits.count <= 4, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let power = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        digits.removeAll()
        return isNegative ? -power : power
    }
}

/// Digits without the zeros on either side, which say nothing and may be many: `123.000000`.
private struct Mantissa {
    private(set) var value: UInt128 = 0
    private(set) var trailingZeros = 0
    private(set) var isTooLong = false

    /// Ten to the power of 38, the digits that a `Decimal` can hold.
    private static let limit: UInt128 = 100_000_000_000_000_000_000_000_000_000_000_000_000

    /// - Returns: How many digits it took.
    mutating func take(_ digits: inout ArraySlice<UInt8>) -> Int {
        let before = digits.count
        while let digit = digits.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
            digits.removeFirst()
            append(digit - UInt8(ascii: "0"))
        }
        return before - digits.count
    }

    private mutating func append(_ digit: UInt8) {
        guard digit != 0 else {
            trailingZeros += 1
            return
        }
        if value != 0 {
            for _ in 0..<min(trailingZeros, 40) { shift() }
        }
        trailingZeros = 0
        shift()
        value += UInt128(digit)
    }

    private mutating func shift() {
        if value >= Mantissa.limit / 10 { isTooLong = true } else { value *= 10 }
    }

    var decimal: Decimal {
        let half: UInt128 = 10_000_000_000_000_000_000
        return Decimal(UInt64(value / half)) * Decimal(UInt64(half)) + Decimal(UInt64(value % half))
    }
}

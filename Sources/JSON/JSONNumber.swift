public import Foundation

/// A number with every digit that was sent: `110.0` stays `110.0`.
public struct JSONNumber: Sendable {
    /// In JSON's notation (RFC 8259 §6).
    public let text: String

    init(asWritten text: String) { self.text = text }

    /// In the shortest form: `110`, `47.5`.
    /// - Parameter value: Finite; JSON has no other numbers, and `Decimal.nan` becomes 0.
    public init(_ value: Decimal) { text = value.isFinite ? value.description : "0" }

    /// With at least one fraction digit, as PHP and .NET write floating point: `110.0`.
    public init(float value: Decimal) {
        let shortest = JSONNumber(value).text
        text = shortest.contains(".") ? shortest : shortest + ".0"
    }

    /// The exact value; `nil` if it needs more than 38 digits or a power of ten beyond ±100. Never rounded.
    public var decimal: Decimal? { Decimal(exactly: text) }

    /// The value, if it is a whole number in the range of the type: `1e3` is 1000.
    public func integer<Integer: FixedWidthInteger>(_ type: Integer.Type = Int.self) -> Integer? {
        decimal.flatMap { Integer($0.description) }
    }
}

extension JSONNumber: Equatable {
    /// Whether both are the same value: `1e2` is `100.0`. What is beyond exact reading is only equal to itself.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        if left.text == right.text { return true }
        guard let exact = left.decimal else { return false }
        return exact == right.decimal
    }
}

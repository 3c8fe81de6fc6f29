public import Foundation

/// `number: { times: 100, add: -5, round: 2, negate: true }`, in this sequence.
public struct NumberRule: Sendable, Equatable {
    /// How a number is written where the target takes text: `format: "0,00"`.
    public struct Format: Sendable, Equatable {
        /// Digits behind the decimal mark, always all of them.
        public var places: Int
        public var mark: Character

        /// - Parameter pattern: `0`, `0.00`, `0,00`, with up to twelve places.
        public init?(_ pattern: String) {
            guard pattern.first == "0" else { return nil }
            let rest = pattern.dropFirst()
            mark = rest.first ?? "."
            places = max(0, rest.count - 1)
            guard rest.isEmpty || (".,".contains(mark) && (1...NumberRule.mostPlaces).contains(places)),
                rest.dropFirst().allSatisfy({ $0 == "0" })
            else { return nil }
        }

        public var pattern: String { places == 0 ? "0" : "0\(mark)" + String(repeating: "0", count: places) }

        func text(of number: Decimal) -> String {
            let rounded = NumberRule.rounded(number, places)
            var digits = rounded.magnitude.description
            let written = digits.firstIndex(of: ".").map { digits.distance(from: $0, to: digits.endIndex) - 1 } ?? 0
            if written == 0, places > 0 { digits += "." }
            digits += String(repeating: "0", count: max(0, places - written))
            return (rounded < 0 ? "-" : "") + digits.replacing(".", with: String(mark))
        }
    }

    public static let mostPlaces = 12

    /// Whether the source writes a comma before the decimals, and dots or blanks between thousands: `1.234,50`.
    public var readsComma: Bool
    public var factor: Decimal?
    public var addend: Decimal?
    /// Decimal places, half away from zero.
    public var places: Int?
    public var isNegated: Bool
    /// Makes a text of the number.
    public var format: Format?

    public init(
        readsComma: Bool = false, factor: Decimal? = nil, addend: Decimal? = nil, places: Int? = nil,
        isNegated: Bool = false, format: Format? = nil
    ) {
        self.readsComma = readsComma
        self.factor = factor
        self.addend = addend
        self.places = places
        self.isNegated = isNegated
        self.format = format
    }

    /// - Returns: `nil` if the result has more digits than can be kept exactly.
    func apply(to number: Decimal) -> Decimal? {
        var value = number
        if let factor {
            guard Digits(value).count + Digits(factor).count <= Digits.most else { return nil }
            value *= factor
        }
        if let addend {
            guard Digits(value).span(with: Digits(addend)) < Digits.most else { return nil }
            value += addend
        }
        if let places { value = Self.rounded(value, places) }
        return isNegated ? -value : value
    }

    /// A dot as decimal mark and nothing between thousands, as numbers are written everywhere else.
    static func plain(_ text: String) -> String {
        String(text.filter { !".  \u{202F}'".contains($0) }.map { $0 == "," ? "." : $0 })
    }

    static func rounded(_ number: Decimal, _ places: Int) -> Decimal {
        var exact = number
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, places, .plain)
        return rounded
    }
}

/// Which powers of ten a number has digits for. `Decimal` rounds in silence what it has no digits for.
private struct Digits {
    /// That a `Decimal` can hold, whatever they are.
    static let most = 38

    private let lowest: Int
    let count: Int

    init(_ number: Decimal) {
        lowest = number.exponent
        count = number.significand.description.count
    }

    /// Digits from the highest of both to the lowest of both.
    func span(with other: Digits) -> Int {
        max(lowest + count, other.lowest + other.count) - min(lowest, other.lowest)
    }
}

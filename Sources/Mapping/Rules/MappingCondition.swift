public import Foundation
import JSON

/// `when: { path: order.customer_is_guest, is: 1 }`
public struct MappingCondition: Sendable, Equatable {
    public enum Test: Sendable, Equatable {
        case isPresent(Bool)
        /// Compared as text, and as numbers where both are some: 1, "1" and 1.0 are one.
        case isOneOf([String])
        case isNoneOf([String])
        /// Where nothing stands, or what is no number, it does not hold.
        case isAbove(Decimal)
        case isBelow(Decimal)
    }

    public var path: MappingPath
    public var test: Test

    public init(path: MappingPath, test: Test) {
        self.path = path
        self.test = test
    }

    func holds(in records: [String: JSONValue]) -> Bool {
        let value = path.value(in: records)
        let text = value?.scalarText ?? ""
        switch test {
        case .isPresent(let expected): return (value != nil) == expected
        case .isOneOf(let words): return words.contains { Self.areOne($0, text) }
        case .isNoneOf(let words): return !words.contains { Self.areOne($0, text) }
        case .isAbove(let limit): return Decimal(exactly: text).map { $0 > limit } ?? false
        case .isBelow(let limit): return Decimal(exactly: text).map { $0 < limit } ?? false
        }
    }

    /// Commerce writes one amount as 0, "0" and "0.0000".
    private static func areOne(_ word: String, _ found: String) -> Bool {
        if word == found { return true }
        guard let left = Decimal(exactly: word), let right = Decimal(exactly: found) else { return false }
        return left == right
    }
}

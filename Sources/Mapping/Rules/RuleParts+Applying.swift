import Foundation
import JSON

extension MappingCondition {
    func holds(in records: [String: JSONValue]) -> Bool {
        let value = path.value(in: records)
        let text = value?.scalarText ?? ""
        switch test {
        case .isPresent(let expected): return (value != nil) == expected
        case .isOneOf(let words): return words.contains(text)
        case .isNoneOf(let words): return !words.contains(text)
        }
    }
}

extension TextSplit {
    /// - Returns: `nil` if there is no such part.
    func part(of text: String) -> String? {
        let parts = text.components(separatedBy: separator)
        let index = part > 0 ? part - 1 : parts.count + part
        return parts.indices.contains(index) ? parts[index] : nil
    }
}

extension LetterCase {
    func apply(to text: String) -> String {
        switch self {
        case .upper: text.uppercased()
        case .lower: text.lowercased()
        case .trim: text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }
}

extension NumberRule {
    func apply(to number: Decimal) -> Decimal {
        var exact = isNegated ? -number : number
        guard let places else { return exact }
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, places, .plain)
        return rounded
    }
}

extension DateForm {
    /// - Parameter text: `YYYY-MM-DD`, alone or with a time behind a blank or `T`; times are of UTC.
    /// - Returns: `nil` for what is no such moment.
    func apply(to text: String) -> String? {
        let day = text.prefix(10)
        let numbers = day.split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.map(\.count) == [4, 2, 2], numbers.allSatisfy({ $0.allSatisfy(\.isNumber) }),
            let month = Int(numbers[1]), (1...12).contains(month), let number = Int(numbers[2]),
            (1...31).contains(number)
        else { return nil }
        switch self {
        case .day: return String(day)
        case .noon: return "\(day)T12:00:00Z"
        case .moment:
            let time = text.dropFirst(11).prefix(8)
            return time.isEmpty ? "\(day)T00:00:00Z" : time.count == 8 ? "\(day)T\(time)Z" : nil
        }
    }
}

import Foundation
import JSON

extension FieldRule {
    /// The source, for the field table.
    var sourceWords: String {
        switch source {
        case .first(let paths): paths.map(\.description).joined(separator: ", else ")
        case .joined(let paths, let separator):
            paths.map(\.description).joined(separator: " + ") + " with \"\(separator)\" between"
        case .constant(let value): value.stringValue.map { "\"\($0)\"" } ?? value.scalarText ?? ""
        case .call, .each: origin
        }
    }

    /// What is done with it, in the sequence in which it is done.
    var words: String {
        var words = conditions.map { "when \($0.words)" }
        if let split { words.append("part \(split.part) at \"\(split.separator)\"") }
        words += replacements.map { "\"\($0.text)\" becomes \"\($0.replacement)\"" }
        words += letters.map(\.rawValue)
        if let table { words.append(table.words) }
        if let number { words += number.words }
        if let date { words.append(date.words) }
        if let padding { words.append("filled up to \(padding.length) with \"\(padding.filler)\"") }
        if mayCut { words.append("may be cut") }
        if isRequired { words.append("required") }
        switch fallback {
        case nil: break
        case .constant(let value)?: words.append("otherwise \"\(value.scalarText ?? "")\"")
        case .first(let paths)?: words.append("otherwise " + paths.map(\.description).joined(separator: ", else "))
        }
        return words.joined(separator: "; ")
    }
}

extension MappingCondition {
    fileprivate var words: String {
        switch test {
        case .isPresent(let isPresent): "\(path) is \(isPresent ? "there" : "not there")"
        case .isOneOf(let words): "\(path) is " + words.joined(separator: " or ")
        case .isNoneOf(let words): "\(path) is not " + words.joined(separator: " nor ")
        case .isAbove(let limit): "\(path) is above \(limit)"
        case .isBelow(let limit): "\(path) is below \(limit)"
        }
    }
}

extension TableUse {
    fileprivate var words: String {
        let direction = isReversed ? "\(column) → key" : column
        let missing =
            switch whenMissing {
            case .park: ""
            case .same: ", else the same word"
            case .leave: ", else nothing"
            }
        return "table \(table) (\(direction))\(missing)"
    }
}

extension NumberRule {
    fileprivate var words: [String] {
        [
            readsComma ? "read with decimal comma" : nil, factor.map { "times \($0)" },
            addend.map { "plus \($0)" }, places.map { "rounded to \($0)" }, isNegated ? "negated" : nil,
            format.map { "written as \($0.pattern)" },
        ].compactMap(\.self)
    }
}

extension DateRule {
    fileprivate var words: String {
        let form =
            switch form {
            case .noon: "day at noon UTC"
            case .moment: "moment"
            case .day: "day"
            case .stamp: "date and time"
            }
        return form + (zone.map { " in \($0)" } ?? "")
            + (addedDays == 0 ? "" : " \(addedDays > 0 ? "plus" : "minus") \(abs(addedDays)) days")
    }
}

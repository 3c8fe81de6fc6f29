import Foundation

/// A part of a text: `split: { at: " ", part: 1 }`; parts count from 1, from the end if negative.
public struct TextSplit: Sendable, Equatable {
    public var separator: String
    public var part: Int

    public init(separator: String, part: Int) {
        self.separator = separator
        self.part = part
    }

    /// - Returns: `nil` if there is no such part.
    func part(of text: String) -> String? {
        let parts = text.components(separatedBy: separator)
        let index = part > 0 ? part - 1 : parts.count + part
        return parts.indices.contains(index) ? parts[index] : nil
    }
}

/// Every occurrence of a text becomes another one: `replace: { "/": "-" }`.
public struct TextReplacement: Sendable, Equatable {
    public var text: String
    public var replacement: String

    public init(text: String, replacement: String) {
        self.text = text
        self.replacement = replacement
    }

    func apply(to whole: String) -> String { whole.replacingOccurrences(of: text, with: replacement) }
}

public enum LetterCase: String, Sendable, CaseIterable {
    case upper, lower
    /// White space at both ends is taken off, and runs of it within become one blank.
    case trim

    func apply(to text: String) -> String {
        switch self {
        case .upper: text.uppercased()
        case .lower: text.lowercased()
        case .trim: text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }
}

/// Filled up in front to a length: `pad: { to: 9, with: "0" }`; longer texts stay as they are.
public struct TextPadding: Sendable, Equatable {
    /// Characters that a text may be filled up to.
    public static let longest = 100

    public var length: Int
    public var filler: Character

    public init(length: Int, filler: Character) {
        self.length = length
        self.filler = filler
    }

    func apply(to text: String) -> String {
        String(repeating: filler, count: max(0, length - text.count)) + text
    }
}

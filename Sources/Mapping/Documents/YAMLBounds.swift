import Yams

/// What a document must keep before it is composed, so that no text costs more than its length.
enum YAMLBounds {
    /// Bytes of one document.
    static let longest = 256 << 10
    /// Opening brackets within opening brackets, or steps of indentation.
    static let deepest = 20
    /// Words that could be aliases. Those in comments and quotes count as well, since only the YAML reader can tell;
    /// with no more than these, even nested ones stay small. Real ones are refused afterwards.
    static let mostStars = 20

    struct Breach {
        var line: Int
        var column: Int
        var found: String
        var expected: String
    }

    /// - Returns: What is wrong with the text; `nil` if it may be composed.
    static func breach(in yaml: String) -> Breach? {
        guard yaml.utf8.count <= longest else {
            return Breach(
                line: 1, column: 1, found: "\(yaml.utf8.count) bytes", expected: "at most \(longest) bytes")
        }
        var scan = Scan()
        for scalar in yaml.unicodeScalars {
            if let breach = scan.take(scalar) { return breach }
        }
        return nil
    }

    /// One pass over the text by its characters alone.
    private struct Scan {
        private var line = 1
        private var column = 0
        private var depth = 0
        private var stars = 0
        private var dashes = 0
        private var isIndentation = true
        private var previous: Unicode.Scalar = "\n"

        mutating func take(_ scalar: Unicode.Scalar) -> Breach? {
            column += 1
            defer { previous = scalar }
            switch scalar {
            case "\n":
                (line, column, dashes, isIndentation) = (line + 1, 0, 0, true)
                return nil
            case "\t", "\r", "\u{85}": break
            case "[", "{": depth += 1
            case "]", "}": depth = max(0, depth - 1)
            case "-", "?": if isIndentation { dashes += 1 }
            case " ": break
            default:
                guard !Self.isForbidden(scalar) else {
                    return breach(
                        "the character U+\(String(scalar.value, radix: 16, uppercase: true))",
                        "text without control characters")
                }
                isIndentation = false
                if previous == "*" { stars += 1 }
            }
            guard depth <= deepest, dashes <= deepest else {
                return breach("more than \(deepest) levels", "sections in sections as the manual shows them")
            }
            guard stars <= mostStars else {
                return breach("more than \(mostStars) words behind a *", "no aliases: each rule stands for itself")
            }
            return nil
        }

        private func breach(_ found: String, _ expected: String) -> Breach {
            Breach(line: line, column: column, found: found, expected: expected)
        }

        /// YAML 1.1 §5.1: what is not printable.
        private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0xFEFF, 0xFFFE, 0xFFFF: true
            default: false
            }
        }
    }

    /// - Returns: The first node, in the document's sequence, that others may refer to.
    static func anchored(_ node: Node) -> Node? {
        switch node {
        case .scalar(let scalar): return scalar.anchor == nil ? nil : node
        case .alias: return node
        case .sequence(let sequence):
            if sequence.anchor != nil { return node }
            for element in sequence { if let found = anchored(element) { return found } }
        case .mapping(let mapping):
            if mapping.anchor != nil { return node }
            for (key, value) in mapping { if let found = anchored(key) ?? anchored(value) { return found } }
        }
        return nil
    }
}

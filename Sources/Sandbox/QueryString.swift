/// Reads `application/x-www-form-urlencoded` pairs and URL queries (WHATWG URL §5.1): `+` is a space.
enum QueryString {
    struct Pair: Equatable {
        let name: String
        let value: String
    }

    /// More pairs than this are refused; Commerce's largest sensible search has a few dozen.
    static let maxPairs = 512

    /// - Returns: The pairs in order, or `nil` if an escape is broken, the text is not UTF-8 or there are too many.
    static func parse(_ text: String) -> [Pair]? {
        let parts = text.split(separator: "&")
        guard parts.count <= maxPairs else { return nil }
        var pairs: [Pair] = []
        for part in parts {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(halves[0]), let value = decode(halves.count > 1 ? halves[1] : "") else {
                return nil
            }
            pairs.append(Pair(name: name, value: value))
        }
        return pairs
    }

    /// Percent-decodes one piece.
    /// - Parameter plusIsSpace: False in paths, where `+` is itself.
    static func decode(_ text: Substring, plusIsSpace: Bool = true) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue)
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}

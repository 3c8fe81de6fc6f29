/// The escapes of JSON strings (RFC 8259 §7).
enum JSONEscapes {
    /// The length of the escape whose backslash is at `offset`, a surrogate pair taken as one, or `nil` if it is
    /// none. A lone surrogate is none: no Unicode text can hold it.
    static func length(in bytes: [UInt8], at offset: Int) -> Int? {
        guard offset + 1 < bytes.count else { return nil }
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard let unit = unit(in: bytes[...], at: offset) else { return nil }
            guard UTF16.isSurrogate(unit) else { return 6 }
            guard UTF16.isLeadSurrogate(unit), let trail = self.unit(in: bytes[...], at: offset + 6),
                UTF16.isTrailSurrogate(trail)
            else { return nil }
            return 12
        default:
            return nil
        }
    }

    /// - Parameter bytes: A string's content whose escapes are valid.
    static func resolved(in bytes: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var offset = bytes.startIndex
        while offset < bytes.endIndex {
            guard bytes[offset] == UInt8(ascii: "\\") else {
                text.append(bytes[offset])
                offset += 1
                continue
            }
            offset += append(escapeAt: offset, of: bytes, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// - Returns: The escape's length.
    private static func append(escapeAt offset: Int, of bytes: ArraySlice<UInt8>, to text: inout [UInt8]) -> Int {
        switch bytes[offset + 1] {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            guard let lead = unit(in: bytes, at: offset) else { return 2 }
            guard UTF16.isLeadSurrogate(lead), let trail = unit(in: bytes, at: offset + 6) else {
                text.append(contentsOf: String(decoding: [lead], as: UTF16.self).utf8)
                return 6
            }
            text.append(contentsOf: String(decoding: [lead, trail], as: UTF16.self).utf8)
            return 12
        case let byte: text.append(byte)
        }
        return 2
    }

    /// The code unit of `\uXXXX` at `offset`.
    private static func unit(in bytes: ArraySlice<UInt8>, at offset: Int) -> UInt16? {
        guard offset + 6 <= bytes.endIndex, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[(offset + 2)..<(offset + 6)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt16(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt16(byte - UInt8(ascii: "A") + 10)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt16(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return unit
    }
}

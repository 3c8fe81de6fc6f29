/// Text as lines of printable ASCII (RFC 2045 §6.7), readable as it is where it has no other characters.
enum QuotedPrintable {
    /// Characters of a line, the mark of a soft line break included.
    static let maxLine = 76

    /// - Parameter text: Lines end with LF or CR LF.
    /// - Returns: Lines that end with CR LF, the last one too.
    static func encode(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .map { encode(line: Array($0.utf8)) + "\r\n" }.joined()
    }

    private static func encode(line: [UInt8]) -> String {
        var encoded = ""
        var column = 0
        for (index, byte) in line.enumerated() {
            let isLast = index == line.count - 1
            // White space at the end of a line may get lost on the way.
            let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || byte == 0x20 && !isLast
            let unit = isPlain ? String(UnicodeScalar(byte)) : "=" + hex(byte >> 4) + hex(byte & 0xF)
            if column + unit.utf8.count > (isLast ? maxLine : maxLine - 1) {
                encoded += "=\r\n"
                column = 0
            }
            encoded += unit
            column += unit.utf8.count
        }
        return encoded
    }

    private static func hex(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }
}

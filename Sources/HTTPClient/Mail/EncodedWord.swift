import Foundation

/// Text in header fields (RFC 2047): as it is where that is safe, otherwise as base64 of UTF-8 in encoded words.
/// Control characters become spaces, so that no text can end its field.
enum EncodedWord {
    /// For unstructured fields such as `Subject`.
    /// - Parameter used: Characters that the line has before it.
    static func unstructured(_ text: String, used: Int) -> String {
        let text = oneLine(text)
        // A line should have at most 78 characters (RFC 5322 §2.1.1). A text that looks encoded would be decoded.
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        return isPlain && used + text.utf8.count <= 78 ? text : words(text)
    }

    /// For the name before an address: a quoted string if it can be one.
    static func phrase(_ text: String) -> String {
        let text = oneLine(text)
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        guard isPlain, text.utf8.count <= 60 else { return words(text) }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isControl ? " " : $0 }))
    }

    /// A line with a word has at most 76 characters, the field's name included (RFC 2047 §2): 12 frame the word,
    /// 52 hold it. Each word holds whole characters (§5).
    private static let maxBytes = 39

    private static func words(_ text: String) -> String {
        var chunks: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if chunks[chunks.count - 1].count + bytes.count > maxBytes { chunks.append([]) }
            chunks[chunks.count - 1] += bytes
        }
        return chunks.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}

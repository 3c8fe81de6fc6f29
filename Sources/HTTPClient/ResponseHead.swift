import HTTPTypes

/// Collects the head of the final response from the lines that libcurl delivers one by one. Pure.
///
/// Informational responses (1xx) before it are forgotten, and so are trailer fields after the body.
struct ResponseHead: Sendable {
    private(set) var status = 0
    private(set) var headers = HTTPFields()
    /// The final head has been read to its end.
    private(set) var isComplete = false
    private var byteCount = 0

    /// Bounds a server that never ends its head or its informational responses. libcurl bounds single lines.
    static let maxBytes = 256 << 10

    /// - Parameter line: With its line end.
    /// - Returns: `false` once the lines together are longer than ``maxBytes``.
    mutating func consume(_ line: some Collection<UInt8>) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        byteCount += text.utf8.count
        guard byteCount <= ResponseHead.maxBytes else { return false }
        if !isComplete { read(text) }
        return true
    }

    private mutating func read(_ text: String) {
        let line = text.prefix { !$0.isNewline }
        if line.isEmpty {
            isComplete = status >= 200
        } else if line.hasPrefix("HTTP/") {
            let words = line.split(separator: " ", maxSplits: 2)
            status = words.count > 1 ? Int(words[1]) ?? 0 : 0
            headers = HTTPFields()
        } else if let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon])) {
            // Removes the white space around the value.
            headers.append(HTTPField(name: name, value: String(line[line.index(after: colon)...])))
        }
    }
}

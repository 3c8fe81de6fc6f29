/// The parts of a `multipart/mixed` body (RFC 2046 §5.1).
struct Multipart {
    struct Part {
        /// Names in lower case.
        let headers: [String: String]
        let body: ArraySlice<UInt8>
    }

    let parts: [Part]
    /// Whether the body goes on to its end. A part that was cut off is left out; one that cannot be read is empty, so that
    /// those behind it keep their places.
    let isComplete: Bool

    /// More parts than this are not looked at.
    static let maxParts = 1000

    init(_ body: ArraySlice<UInt8>, boundary: String) {
        var parts: [Part] = []
        var isComplete = false
        var rest = body
        var isInside = false
        while parts.count < Multipart.maxParts, let next = Delimiter(in: rest, boundary) {
            // What comes before the first delimiter is for readers that know no multipart.
            if isInside { parts.append(Multipart.part(rest[..<next.start]) ?? Part(headers: [:], body: [])) }
            isInside = true
            rest = rest[next.end...]
            if next.isLast {
                isComplete = true
                break
            }
        }
        self.parts = parts
        self.isComplete = isComplete
    }

    /// The boundary that a content type names, quoted or not; `nil` if it is no multipart.
    static func boundary(_ contentType: String?) -> String? {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/mixed") else { return nil }
        for parameter in contentType.split(separator: ";").dropFirst() {
            let halves = parameter.split(separator: "=", maxSplits: 1).map { $0.trimmed }
            guard halves.count == 2, halves[0].lowercased() == "boundary" else { continue }
            var value = halves[1]
            if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
            return (1...longestBoundary).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }

    /// RFC 2046 §5.1.1.
    private static let longestBoundary = 70

    static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        // No header at all is allowed: then the part begins with the empty line.
        if bytes.starts(with: lineEnd) { return Part(headers: [:], body: bytes.dropFirst(lineEnd.count)) }
        guard let end = bytes.firstRange(of: lineEnd + lineEnd) else { return nil }
        var headers: [String: String] = [:]
        for line in String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n") {
            let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { return nil }
            headers[halves[0].trimmed.lowercased()] = String(halves[1].trimmed)
        }
        return Part(headers: headers, body: bytes[end.upperBound...])
    }

    static let lineEnd: [UInt8] = [0x0D, 0x0A]
}

/// A line with nothing but the boundary. The line end before it belongs to it.
private struct Delimiter {
    let start: Int
    let end: Int
    let isLast: Bool

    init?(in bytes: ArraySlice<UInt8>, _ boundary: String) {
        let mark = [UInt8]("--\(boundary)".utf8)
        var searched = bytes
        while let found = searched.firstRange(of: mark) {
            searched = searched[found.upperBound...]
            let before = bytes[..<found.lowerBound]
            guard before.isEmpty || before.suffix(2).elementsEqual(Multipart.lineEnd) else { continue }
            var after = bytes[found.upperBound...]
            let isLast = after.starts(with: [UInt8]("--".utf8))
            if isLast { after = after.dropFirst(2) }
            while after.first == 0x20 || after.first == 0x09 { after = after.dropFirst() }
            guard after.starts(with: Multipart.lineEnd) || isLast && after.isEmpty else { continue }
            start = max(bytes.startIndex, found.lowerBound - 2)
            end = after.isEmpty ? after.endIndex : after.startIndex + 2
            self.isLast = isLast
            return
        }
        return nil
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

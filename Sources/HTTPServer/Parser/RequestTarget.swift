/// What a request line asks for (RFC 9112 §3.2), with the path normalised once, before anyone decides by it.
struct RequestTarget: Sendable, Equatable {
    /// `*`, or a path that begins with a slash: without dot segments, unreserved characters decoded, other
    /// escapes in upper case (RFC 3986 §6.2.2). An encoded slash stays encoded.
    var path: String
    /// As sent, its escapes checked.
    var query: String?
    /// Host and port of an absolute-form target, which outrank the Host field (RFC 9112 §3.2.2).
    var authority: String?

    static let asterisk = RequestTarget(path: "*", query: nil, authority: nil)

    /// - Parameters:
    ///   - bytes: The middle part of the request line, without spaces.
    ///   - isForOPTIONS: Whether an absolute target without path and query means `*` (RFC 9112 §3.2.4).
    init(parsing bytes: Span<UInt8>, isForOPTIONS: Bool = false) throws(FramingError) {
        var start = 0
        if bytes.isEmpty || bytes[0] != ASCII.slash {
            guard let schemeEnd = Self.endOfScheme(bytes) else {
                throw .invalidTarget("The request target begins with a slash, http:// or https://.")
            }
            start = bytes.firstIndex(of: ASCII.slash, from: schemeEnd) ?? bytes.count
            if let question = bytes.firstIndex(of: ASCII.question, from: schemeEnd) { start = min(start, question) }
            let host = bytes.extracting(schemeEnd..<start)
            guard HostField.isValid(host) else {
                throw .invalidTarget("The request target's authority is not a host with an optional port.")
            }
            authority = host.text
            if isForOPTIONS, start == bytes.count {
                path = "*"
                return
            }
        }
        let question = bytes.firstIndex(of: ASCII.question, from: start)
        path = try Self.path(bytes.extracting(start..<(question ?? bytes.count)))
        if let question {
            let bytes = bytes.extracting((question + 1)...)
            _ = try Self.check(bytes, allowed: .query)
            query = bytes.text
        }
    }

    private init(path: String, query: String?, authority: String?) {
        self.path = path
        self.query = query
        self.authority = authority
    }

    private static func endOfScheme(_ bytes: Span<UInt8>) -> Int? {
        if bytes.count >= 7, bytes.extracting(..<7).equalsIgnoringCase("http://") { return 7 }
        if bytes.count >= 8, bytes.extracting(..<8).equalsIgnoringCase("https://") { return 8 }
        return nil
    }

    private static func path(_ bytes: Span<UInt8>) throws(FramingError) -> String {
        if bytes.isEmpty { return "/" }
        let hasEscapes = try check(bytes, allowed: .path)
        if !hasEscapes && !mayHaveDotSegment(bytes) { return bytes.text }
        let decoded = hasEscapes ? decodingUnreserved(bytes) : bytes.withUnsafeBufferPointer { Array($0) }
        return String(decoding: removingDotSegments(decoded), as: UTF8.self)
    }

    /// Returns whether there are escapes.
    private static func check(_ bytes: Span<UInt8>, allowed: ByteSet) throws(FramingError) -> Bool {
        var hasEscapes = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if allowed.contains(byte) {
                index += 1
                continue
            }
            guard byte == ASCII.percent else {
                throw .invalidTarget("The request target has a character that must be percent-encoded.")
            }
            guard index + 2 < bytes.count, let high = ASCII.hexValue(bytes[index + 1]),
                let low = ASCII.hexValue(bytes[index + 2])
            else { throw .invalidTarget("A percent sign is followed by two hexadecimal digits.") }
            guard high | low != 0 else { throw .invalidTarget("The request target must not contain NUL.") }
            hasEscapes = true
            index += 3
        }
        return hasEscapes
    }

    private static func mayHaveDotSegment(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices.dropFirst() where bytes[index] == ASCII.dot && bytes[index - 1] == ASCII.slash {
            return true
        }
        return false
    }

    /// - Parameter bytes: Checked: every percent sign is followed by two digits.
    private static func decodingUnreserved(_ bytes: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == ASCII.percent, index + 2 < bytes.count, let high = ASCII.hexValue(bytes[index + 1]),
                let low = ASCII.hexValue(bytes[index + 2])
            {
                let byte = high << 4 | low
                if ByteSet.unreserved.contains(byte) {
                    result.append(byte)
                } else {
                    result.append(ASCII.percent)
                    result.append(upperHex(high))
                    result.append(upperHex(low))
                }
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func upperHex(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// RFC 3986 §5.2.4. What would climb above the root stays at the root.
    private static func removingDotSegments(_ path: [UInt8]) -> [UInt8] {
        var kept: [ArraySlice<UInt8>] = []
        let segments = path.dropFirst().split(separator: ASCII.slash, omittingEmptySubsequences: false)
        for (position, segment) in segments.enumerated() {
            let isLast = position == segments.count - 1
            if segment.elementsEqual([ASCII.dot]) {
                if isLast { kept.append([]) }
            } else if segment.elementsEqual([ASCII.dot, ASCII.dot]) {
                _ = kept.popLast()
                if isLast { kept.append([]) }
            } else {
                kept.append(segment)
            }
        }
        return [ASCII.slash] + Array(kept.joined(separator: [ASCII.slash]))
    }
}

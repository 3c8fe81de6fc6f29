/// A chunk's size line: `chunk-size [ chunk-ext ]` (RFC 9112 §7.1). Extensions are checked and dropped.
enum ChunkLine {
    /// - Returns: The size, `Int.max` if it doesn't fit an integer, and the bytes that extensions take.
    static func read(_ line: Span<UInt8>) throws(FramingError) -> (size: Int, extensionBytes: Int) {
        var size = 0
        var index = 0
        while index < line.count, let digit = ASCII.hexValue(line[index]) {
            size = size > Int.max >> 4 ? .max : size << 4 | Int(digit)
            index += 1
        }
        guard index > 0 else { throw .malformedChunk("A chunk begins with its size in hexadecimal digits.") }
        try checkExtensions(line, from: index)
        return (size, line.count - index)
    }

    /// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )` (RFC 9112 §7.1.1).
    private static func checkExtensions(_ line: Span<UInt8>, from start: Int) throws(FramingError) {
        var index = start
        while index < line.count {
            index = skipSpace(line, index)
            guard index < line.count, line[index] == ASCII.semicolon else {
                throw .malformedChunk("A chunk size is followed by CR LF or by an extension.")
            }
            index = try token(line, skipSpace(line, index + 1))
            let equals = skipSpace(line, index)
            guard equals < line.count, line[equals] == ASCII.equals else { continue }
            let value = skipSpace(line, equals + 1)
            index =
                value < line.count && line[value] == ASCII.quote
                ? try quotedString(line, value) : try token(line, value)
        }
    }

    private static func skipSpace(_ line: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < line.count, line[index] == ASCII.space || line[index] == ASCII.tab { index += 1 }
        return index
    }

    private static func token(_ line: Span<UInt8>, _ start: Int) throws(FramingError) -> Int {
        var index = start
        while index < line.count, ByteSet.token.contains(line[index]) { index += 1 }
        guard index > start else { throw .malformedChunk("A chunk extension's name and value are tokens.") }
        return index
    }

    /// RFC 9110 §5.6.4.
    private static func quotedString(_ line: Span<UInt8>, _ start: Int) throws(FramingError) -> Int {
        var index = start + 1
        while index < line.count {
            switch line[index] {
            case ASCII.quote: return index + 1
            case ASCII.backslash:
                guard index + 1 < line.count, isText(line[index + 1]) else { break }
                index += 2
                continue
            case let byte where isText(byte):
                index += 1
                continue
            default: break
            }
            break
        }
        throw .malformedChunk("A chunk extension's quoted value ends with a quotation mark.")
    }

    private static func isText(_ byte: UInt8) -> Bool {
        byte >= ASCII.space && byte != ASCII.delete || byte == ASCII.tab
    }
}

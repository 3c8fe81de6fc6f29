/// One line of a header or trailer section: `field-name ":" OWS field-value OWS` (RFC 9112 §5).
enum FieldLine {
    /// Returns where the name ends and where the value is, without the white space around it.
    static func check(_ line: Span<UInt8>) throws(FramingError) -> (nameEnd: Int, value: Range<Int>) {
        let token = ByteSet.token
        var nameEnd = 0
        while nameEnd < line.count, token.contains(line[nameEnd]) { nameEnd += 1 }
        guard nameEnd > 0 else {
            throw .malformedField("A field begins with its name; folded lines are not accepted.")
        }
        guard nameEnd < line.count, line[nameEnd] == ASCII.colon else {
            throw .malformedField("A field name is a token, followed at once by a colon.")
        }
        var index = nameEnd + 1
        while index < line.count {
            let byte = line[index]
            guard byte >= ASCII.space && byte != ASCII.delete || byte == ASCII.tab else {
                throw .malformedField("A field value has no control characters.")
            }
            index += 1
        }
        return (nameEnd, line.trimmed((nameEnd + 1)..<line.count))
    }
}

/// Cuts bytes into rows of fields, one row at a time: RFC 4180 in UTF-8; lines may end with LF alone, and a byte order
/// mark may stand before them.
public struct CSVReader {
    private let bytes: [UInt8]
    private var position = 0
    /// Of the next row, from 1.
    public private(set) var line = 1

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// - Returns: `nil` at the end.
    public mutating func row() throws(CSVError) -> [String]? {
        guard position < bytes.count else { return nil }
        var row: [String] = []
        while true {
            row.append(try field())
            guard position < bytes.count else { return row }
            let separator = bytes[position]
            position += 1
            if separator == Self.comma { continue }
            if separator == Self.carriageReturn, position < bytes.count, bytes[position] == Self.lineFeed {
                position += 1
            }
            line += 1
            return row
        }
    }

    /// Ends before a comma or the end of the line.
    private mutating func field() throws(CSVError) -> String {
        guard position < bytes.count, bytes[position] == Self.quote else { return try plainField() }
        let start = line
        position += 1
        var field: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte != Self.quote {
                if byte == Self.lineFeed { line += 1 }
                field.append(byte)
            } else if position < bytes.count, bytes[position] == Self.quote {
                position += 1
                field.append(byte)
            } else {
                guard position == bytes.count || Self.ends.contains(bytes[position]) else {
                    throw .strayQuote(line: line)
                }
                return try text(field)
            }
        }
        throw .openQuote(line: start)
    }

    private mutating func plainField() throws(CSVError) -> String {
        let rest = bytes[position...]
        let field = rest.prefix { !Self.ends.contains($0) }
        guard !field.contains(Self.quote) else { throw .strayQuote(line: line) }
        position = field.endIndex
        return try text(Array(field))
    }

    private func text(_ bytes: [UInt8]) throws(CSVError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(line: line) }
        return text
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let ends = [comma, carriageReturn, lineFeed]
}

/// Comma-separated values (RFC 4180), in UTF-8.
public struct CSVTable: Sendable, Equatable {
    public var header: [String]
    /// As many fields in each as in the header.
    public var rows: [[String]]

    /// Columns that are read; F&O's widest entities have a few hundred.
    public static let maxColumns = 2000

    public init(header: [String], rows: [[String]] = []) {
        self.header = header
        self.rows = rows
    }

    /// Lines end with CR LF, fields that need quotes have them, and no others.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for row in [header] + rows {
            bytes += row.map(Self.written).joined(separator: ",").utf8
            bytes += [13, 10]
        }
        return bytes
    }

    /// - Parameter bytes: Lines may end with LF alone, and a byte order mark may stand before them.
    public init(_ bytes: [UInt8]) throws(CSVError) {
        var reader = CSVReader(bytes)
        guard let header = try reader.row() else { throw .empty }
        guard header.count <= Self.maxColumns else { throw .tooManyColumns(limit: Self.maxColumns) }
        guard !header.contains(where: \.isEmpty) else {
            throw .unnamedColumn(header.firstIndex(of: "").map { $0 + 1 } ?? 0)
        }
        guard Set(header).count == header.count else { throw .repeatedColumn }
        var rows: [[String]] = []
        while true {
            let line = reader.line
            guard let row = try reader.row() else { break }
            guard row.count == header.count else {
                throw .raggedRow(line: line, fields: row.count, columns: header.count)
            }
            rows.append(row)
        }
        self.init(header: header, rows: rows)
    }

    private static func written(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }
}

/// Why bytes are no table. Lines count from 1.
public enum CSVError: Error, Equatable, CustomStringConvertible {
    case empty
    case notUTF8(line: Int)
    case unnamedColumn(Int)
    case repeatedColumn
    case tooManyColumns(limit: Int)
    case raggedRow(line: Int, fields: Int, columns: Int)
    /// A quote inside a field that does not begin with one, or text behind the quote that ends a field.
    case strayQuote(line: Int)
    case openQuote(line: Int)

    public var description: String {
        switch self {
        case .empty: "There is no line in it; expected a header with the names of fields."
        case .notUTF8(let line): "Line \(line) is not UTF-8."
        case .unnamedColumn(let column): "Column \(column) of the header has no name."
        case .repeatedColumn: "The header has the same name twice."
        case .tooManyColumns(let limit): "The header has more than \(limit) columns."
        case .raggedRow(let line, let fields, let columns):
            "Line \(line) has \(fields) fields; the header has \(columns)."
        case .strayQuote(let line): "Line \(line) has a quote in the middle of a field (RFC 4180 §2.5)."
        case .openQuote(let line): "The quote in line \(line) is not closed."
        }
    }
}

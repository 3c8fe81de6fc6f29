import CSV
import Flows
import Mapping

/// Rows of one value table as comma-separated values: the legal entity, the key, and a column for each value. Who has
/// rows for all legal entities alone may leave the first column out.
struct ValueSheet: Sendable, Equatable {
    /// Columns of values that the header names, in its order.
    var columns: [String]
    /// In the order of their lines; each with the named columns that are not empty.
    var rows: [ValueTableRow]

    /// Problems that are told at once.
    static let problemLimit = 10

    /// - Throws: What is wrong with the bytes, as far as it was read.
    init(_ bytes: [UInt8], of table: ValueTableDefinition) throws(ValueSheetProblems) {
        var reader = ValueSheetReader(bytes, table)
        (columns, rows) = try reader.sheet()
    }

    /// - Returns: UTF-8 without a byte order mark.
    static func bytes(_ rows: [ValueTableRow], of table: ValueTableDefinition) -> [UInt8] {
        let header = [ValueTableDefinition.scopeColumn, table.key] + table.columns
        let lines = rows.map { row in [row.key.scope, row.key.key] + table.columns.map { row.columns[$0] ?? "" } }
        return CSVTable(header: header, rows: lines).bytes
    }
}

/// What is wrong with a sheet, in the order of its lines.
struct ValueSheetProblems: Error, Equatable, CustomStringConvertible {
    struct Problem: Equatable, CustomStringConvertible {
        /// From 1.
        var line: Int
        /// The name in the header, or what else says where.
        var column: String
        var found: String
        var expected: String

        var description: String {
            "line \(line)\(column.isEmpty ? "" : ", \(column)"): found \(found), expected \(expected)"
        }
    }

    var problems: [Problem]

    var description: String {
        let more = problems.count >= ValueSheet.problemLimit ? "; and perhaps more" : ""
        return problems.map(\.description).joined(separator: "; ") + more
    }
}

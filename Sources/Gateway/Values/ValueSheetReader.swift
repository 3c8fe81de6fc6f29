import CSV
import Mapping

/// Reads a sheet line by line, and notes what is wrong until there is too much of it.
struct ValueSheetReader {
    private let table: ValueTableDefinition
    private var reader: CSVReader
    private var problems: [ValueSheetProblems.Problem] = []
    /// Where each row was first.
    private var lines: [ValueKey: Int] = [:]

    init(_ bytes: [UInt8], _ table: ValueTableDefinition) {
        reader = CSVReader(bytes)
        self.table = table
    }

    mutating func sheet() throws(ValueSheetProblems) -> (columns: [String], rows: [ValueTableRow]) {
        guard let header = try line()?.fields else {
            throw refusal(1, "", found: "no line", expected: "a header: \(names.joined(separator: ","))")
        }
        try check(header)
        let columns = header.filter(table.columns.contains)
        var rows: [ValueTableRow] = []
        while let (number, fields) = try line() {
            // An editor's empty line is no row.
            if fields == [""], header.count > 1 { continue }
            guard fields.count == header.count else {
                note(number, "", found: "\(fields.count) fields", expected: "\(header.count), as the header has")
                try stopIfTooMany()
                continue
            }
            guard rows.count < ValueTableDefinition.rowLimit else {
                throw refusal(
                    number, "", found: "one more row", expected: "at most \(ValueTableDefinition.rowLimit) rows")
            }
            if let row = row(number, Dictionary(zip(header, fields), uniquingKeysWith: { $1 })) { rows.append(row) }
            try stopIfTooMany()
        }
        guard problems.isEmpty else { throw ValueSheetProblems(problems: problems) }
        return (columns, rows)
    }

    private var names: [String] { [ValueTableDefinition.scopeColumn, table.key] + table.columns }

    private mutating func line() throws(ValueSheetProblems) -> (line: Int, fields: [String])? {
        let number = reader.line
        do throws(CSVError) {
            return try reader.row().map { (number, $0) }
        } catch {
            throw refusal(
                number, "", found: error.description, expected: "comma-separated values in UTF-8 (RFC 4180)")
        }
    }

    private mutating func check(_ header: [String]) throws(ValueSheetProblems) {
        var seen: Set<String> = []
        for (index, name) in header.enumerated() {
            let place = "column \(index + 1)"
            if !names.contains(name) {
                let near = NearestName.of(name, among: names).map { "perhaps \($0)" }
                note(1, place, found: quoted(name), expected: near ?? "one of " + names.joined(separator: ", "))
            } else if !seen.insert(name).inserted {
                note(1, place, found: "\(name) once more", expected: "each column once")
            }
            try stopIfTooMany()
        }
        if problems.isEmpty, !seen.contains(table.key) {
            note(1, "", found: "no column \(table.key)", expected: "the key of the table \(table.name)")
        }
        if problems.isEmpty, seen.isDisjoint(with: table.columns) {
            note(1, "", found: "no column of values", expected: table.columns.joined(separator: ", "))
        }
        guard problems.isEmpty else { throw ValueSheetProblems(problems: problems) }
    }

    private mutating func row(_ line: Int, _ fields: [String: String]) -> ValueTableRow? {
        var columns: [String: String] = [:]
        let before = problems.count
        let scope = scope(line, fields[ValueTableDefinition.scopeColumn] ?? "")
        let key = ValueText.trimmed(fields[table.key] ?? "")
        if let expected = ValueText.problem(key: key) {
            note(line, table.key, found: quoted(key), expected: expected)
        }
        for name in table.columns {
            let value = ValueText.trimmed(fields[name] ?? "")
            if let expected = ValueText.problem(value: value) {
                note(line, name, found: quoted(value), expected: expected)
            }
            if !value.isEmpty { columns[name] = value }
        }
        if problems.count == before, columns.isEmpty {
            note(line, "", found: "no value for \(quoted(key))", expected: "at least one")
        }
        guard problems.count == before, let scope else { return nil }
        let row = ValueTableRow(ValueKey(table: table.name, scope: scope, key: key), columns)
        return isFirst(row.key, line) ? row : nil
    }

    private mutating func isFirst(_ key: ValueKey, _ line: Int) -> Bool {
        let same = ValueKey(table: key.table, scope: key.scope, key: table.comparable(key: key.key))
        guard let first = lines[same] else {
            lines[same] = line
            return true
        }
        note(line, table.key, found: "\(quoted(key.key)) once more", expected: "it once; line \(first) has it")
        return false
    }

    private mutating func scope(_ line: Int, _ text: String) -> String? {
        let text = ValueText.trimmed(text)
        if let scope = ValueText.scope(text) { return scope }
        note(line, ValueTableDefinition.scopeColumn, found: quoted(text), expected: ValueText.expectedScope)
        return nil
    }

    private mutating func note(_ line: Int, _ column: String, found: String, expected: String) {
        guard problems.count < ValueSheet.problemLimit else { return }
        problems.append(.init(line: line, column: column, found: found, expected: expected))
    }

    private mutating func refusal(
        _ line: Int, _ column: String, found: String, expected: String
    ) -> ValueSheetProblems {
        note(line, column, found: found, expected: expected)
        return ValueSheetProblems(problems: problems)
    }

    private func stopIfTooMany() throws(ValueSheetProblems) {
        guard problems.count < ValueSheet.problemLimit else { throw ValueSheetProblems(problems: problems) }
    }

    private func quoted(_ text: String) -> String { "\"\(text.prefix(ValueText.foundLimit))\"" }
}

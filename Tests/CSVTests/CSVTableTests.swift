import CSV
import Testing

@Suite("Comma-separated values")
struct CSVTableTests {
    @Test(
        "come back as they were written",
        arguments: [
            CSVTable(header: ["A"], rows: []), CSVTable(header: ["A", "B"], rows: [["1", ""], ["", "2"]]),
            CSVTable(header: ["A", "B"], rows: [["a,b", "say \"hi\""], ["line\r\nbreak", "é\n"]]),
        ])
    func roundTrip(_ table: CSVTable) throws { #expect(try CSVTable(table.bytes) == table) }

    @Test(
        "are read with any line end, with a byte order mark, and without a line end at the end",
        arguments: [
            "A,B\r\n1,2\r\n", "A,B\n1,2\n", "A,B\n1,2", "\u{FEFF}A,B\r\n1,2", "\"A\",\"B\"\r\n\"1\",2",
        ])
    func variants(_ text: String) throws {
        #expect(try CSVTable(Array(text.utf8)) == CSVTable(header: ["A", "B"], rows: [["1", "2"]]))
    }

    @Test("need quotes only where something would be misread")
    func quotes() {
        let table = CSVTable(header: ["A", "B"], rows: [["plain text", "a,b"]])
        #expect(String(decoding: table.bytes, as: UTF8.self) == "A,B\r\nplain text,\"a,b\"\r\n")
    }

    @Test(
        "that are broken are refused with their line",
        arguments: [
            ("", CSVError.empty), ("A,,C\n", .unnamedColumn(2)), ("A,A\n", .repeatedColumn),
            ("A,B\n1\n", .raggedRow(line: 2, fields: 1, columns: 2)),
            ("A,B\n\"x\ny\",2\n1,2,3\n", .raggedRow(line: 4, fields: 3, columns: 2)),
            ("A\nb\"c\n", .strayQuote(line: 2)), ("A\n\"b\"c\n", .strayQuote(line: 2)),
            ("A\n\"b\nc", .openQuote(line: 2)),
        ])
    func broken(_ text: String, _ error: CSVError) {
        #expect(throws: error) { try CSVTable(Array(text.utf8)) }
    }

    @Test("must be UTF-8, and may not have columns without end")
    func limits() {
        #expect(throws: CSVError.notUTF8(line: 2)) { try CSVTable(Array("A\n".utf8) + [0xFF, 10]) }
        let wide = (0...CSVTable.maxColumns).map { "c\($0)" }.joined(separator: ",")
        #expect(throws: CSVError.tooManyColumns(limit: 2000)) { try CSVTable(Array(wide.utf8)) }
    }
}

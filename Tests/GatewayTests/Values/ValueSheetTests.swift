import Mapping
import Testing

@testable import Gateway

@Suite("Rows of a value table as comma-separated values")
struct ValueSheetTests {
    private static let table =
        ValueTableCatalog.standard["shipping-methods"]
        ?? ValueTableDefinition(
            name: "", key: "", columns: [])

    private static func sheet(_ text: String) throws(ValueSheetProblems) -> ValueSheet {
        try ValueSheet(Array(text.utf8), of: table)
    }

    private static func row(_ key: String, _ columns: [String: String], in scope: String = "") -> ValueTableRow {
        ValueTableRow(ValueKey(table: "shipping-methods", scope: scope, key: key), columns)
    }

    @Test(
        "are read with columns in any order, blanks at the ends, and empty lines",
        arguments: [
            ("carrier_method,DeliveryModeCode\nflatrate,10\n", [row("flatrate", ["DeliveryModeCode": "10"])]),
            ("\u{FEFF}DeliveryModeCode,carrier_method\r\n10,flatrate", [row("flatrate", ["DeliveryModeCode": "10"])]),
            (
                "legalEntity,carrier_method,DeliveryModeCode\n USMF , a b ,\" 10 \"\n\n,a b,11\n",
                [
                    row("a b", ["DeliveryModeCode": "10"], in: "usmf"), row("a b", ["DeliveryModeCode": "11"]),
                ]
            ),
            (
                "carrier_method,DeliveryModeCode,DeliveryTermsCode\n\"a,\"\"b\"\"\",,CIP\nKäse 🧀,1,2",
                [
                    row("a,\"b\"", ["DeliveryTermsCode": "CIP"]),
                    row("Käse 🧀", ["DeliveryModeCode": "1", "DeliveryTermsCode": "2"]),
                ]
            ),
            ("carrier_method,DeliveryModeCode\n", []),
        ])
    func read(text: String, rows: [ValueTableRow]) throws { #expect(try Self.sheet(text).rows == rows) }

    @Test("come back as they were written")
    func roundTrip() throws {
        let rows = [
            Self.row("a,\"b\"", ["DeliveryModeCode": "10", "DeliveryTermsCode": "C I P"]),
            Self.row("ü/%", ["ShippingCarrierId": "x"], in: "demf"),
        ]
        let sheet = try ValueSheet(ValueSheet.bytes(rows, of: Self.table), of: Self.table)
        #expect(sheet.rows == rows && sheet.columns == Self.table.columns)
    }

    @Test(
        "that cannot be used are refused with line, column, what was found and what was expected",
        arguments: [
            ("", "line 1: found no line, expected a header: legalEntity,carrier_method,DeliveryModeCode"),
            ("DeliveryModeCode\n10", "line 1: found no column carrier_method, expected the key"),
            ("carrier_method\na", "line 1: found no column of values, expected DeliveryModeCode"),
            (
                "carrier_method,DeliverModeCode\na,1",
                "line 1, column 2: found \"DeliverModeCode\", expected perhaps DeliveryModeCode"
            ),
            ("carrier_method,,x", "line 1, column 2: found \"\", expected one of legalEntity, carrier_method"),
            (
                "carrier_method;DeliveryModeCode\na;1",
                "line 1, column 1: found \"carrier_method;DeliveryModeCode\", expected one of"
            ),
            (
                "carrier_method,DeliveryModeCode,carrier_method\n",
                "line 1, column 3: found carrier_method once more, expected each column once"
            ),
            ("carrier_method,DeliveryModeCode\na\n", "line 2: found 1 fields, expected 2, as the header has"),
            ("carrier_method,DeliveryModeCode\na,1,2\n", "line 2: found 3 fields, expected 2"),
            ("carrier_method,DeliveryModeCode\n ,1\n", "line 2, carrier_method: found \"\", expected 1 to 200"),
            ("carrier_method,DeliveryModeCode\na,\n", "line 2: found no value for \"a\", expected at least one"),
            (
                "carrier_method,DeliveryModeCode\na,\"1\u{7}\"\n",
                "line 2, DeliveryModeCode: found \"1\u{7}\", expected at most 500 characters without control"
            ),
            (
                "carrier_method,DeliveryModeCode\n\(String(repeating: "k", count: 201)),1\n",
                "line 2, carrier_method: found \"\(String(repeating: "k", count: 60))\", expected 1 to 200"
            ),
            (
                "carrier_method,DeliveryModeCode\na,\(String(repeating: "v", count: 501))\n",
                "line 2, DeliveryModeCode: found \"vvv"
            ),
            (
                "legalEntity,carrier_method,DeliveryModeCode\nUS-MF,a,1\n",
                "line 2, legalEntity: found \"US-MF\", expected a legal entity of 1 to 4 letters and digits"
            ),
            (
                "carrier_method,DeliveryModeCode\na,1\nb,2\na,3\n",
                "line 4, carrier_method: found \"a\" once more, expected it once; line 2 has it"
            ),
            ("carrier_method,DeliveryModeCode\na,\"1\n", "line 2: found The quote in line 2 is not closed."),
            (
                "carrier_method,DeliveryModeCode\n\"x\ny\",1\nb,\n",
                "line 2, carrier_method: found \"x\ny\""
            ),
            (
                "carrier_method,DeliveryModeCode\na,\nb\n,3\n",
                "line 2: found no value for \"a\", expected at least one; line 3: found 1 fields, expected 2, as the "
                    + "header has; line 4, carrier_method"
            ),
        ])
    func refused(text: String, words: String) {
        let error = #expect(throws: ValueSheetProblems.self) { try Self.sheet(text) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test("are refused where they are not UTF-8")
    func notUTF8() {
        let bytes = Array("carrier_method,DeliveryModeCode\na,".utf8) + [0xFF, 0x0A]
        let error = #expect(throws: ValueSheetProblems.self) { try ValueSheet(bytes, of: Self.table) }
        #expect(error?.description.contains("line 2: found Line 2 is not UTF-8.") == true)
    }

    @Test("with a thousand faults are refused with the first ten")
    func many() {
        let text = "carrier_method,DeliveryModeCode\n" + String(repeating: "a\n", count: 1000)
        let error = #expect(throws: ValueSheetProblems.self) { try Self.sheet(text) }
        #expect(error?.problems.map(\.line) == Array(2...11))
        #expect(error?.description.hasSuffix("; and perhaps more") == true)
    }

    @Test("keyed by F&O's codes have each of them once, whatever its case")
    func caseOfKeys() throws {
        let carriers = try #require(ValueTableCatalog.standard["carriers"])
        let error = #expect(throws: ValueSheetProblems.self) {
            try ValueSheet(Array("DeliveryModeCode,title\nDHL,a\ndhl,b\n".utf8), of: carriers)
        }
        #expect(error?.description.contains("line 3, DeliveryModeCode: found \"dhl\" once more") == true)
    }
}

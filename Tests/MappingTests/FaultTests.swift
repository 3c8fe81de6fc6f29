import JSON
import Mapping
import Testing

@Suite("What does not fit")
struct FaultTests {
    @Test(
        "is refused with what was found and what was expected",
        arguments: [
            (
                "Street: order.name", ["name": "Lindenweg 4, Top 3"],
                "Street (mapping header): \"Lindenweg 4, Top 3\" has 18 characters; expected at most 12."
            ),
            (
                "Amount: order.name", ["name": "a lot"],
                "Amount (mapping header): found the text \"a lot\" at order.name; expected a number."
            ),
            (
                "Count: order.total", ["total": "1.5"],
                "Count (mapping header): found the text \"1.5\" at order.total; expected a whole number."
            ),
            (
                "Skip: order.name", ["name": "maybe"],
                "Skip (mapping header): found the text \"maybe\" at order.name; expected Yes or No."
            ),
            (
                "Status: order.name", ["name": "open"],
                "Status (mapping header): found the text \"open\" at order.name; expected one of Open, Closed."
            ),
            (
                "Comment: { from: order.name, required: true }", [:],
                "Comment (mapping header): nothing stands at order.name; expected a value."
            ),
            (
                "Comment: order.name", ["name": ["a": 1]],
                "Comment (mapping header): found an object at order.name; expected text."
            ),
            (
                "Comment: { call: initials, with: order.name }", ["name": "?"],
                "Comment (mapping header): found a question mark at initials(order.name); expected a name."
            ),
            (
                "Amount: { from: order.total, number: { times: 1.0000000001 } }",
                ["total": "12345678901234567890123456789012345678"],
                "Amount (mapping header): found the text \"12345678901234567890123456789012345678\" at order.total; "
                    + "expected a number whose result has at most 38 digits."
            ),
            (
                "Mode: { from: order.method, table: units, column: Symbol }", ["method": "kg"],
                "Mode (mapping header): the value table has no row units \"kg\" (usmf) with Symbol."
            ),
            (
                "Mode: { from: order.method, table: units, column: Symbol, reverse: true }", ["method": "kilo"],
                "Mode (mapping header): found the text \"kilo\" at order.method; expected a word that a row of the value "
                    + "table units has as Symbol."
            ),
            (
                "Lines: { each: order.items, mapping: line, as: line }", ["items": [["sku": "A"], ["qty": 1]]],
                "Lines[1].Item (mapping line): nothing stands at line.sku; expected a value."
            ),
        ] as [(String, JSONValue, String)])
    func refused(rule: String, order: JSONValue, message: String) throws {
        let error = #expect(throws: MappingFault.self) { try Fixture.map("  \(rule)", order) }
        #expect(error?.description == message)
    }

    private static let rows = """
          Street: order.name
          Mode: { from: order.method, table: units, column: Symbol }
          Amount: order.name
          Comment: order.method
        """

    @Test("is told all at once, and a missing row decides")
    func allAtOnce() throws {
        let set = try Fixture.set(Self.rows)
        let order: [String: JSONValue] = ["order": ["name": "Lindenweg 4, Top 3", "method": "flat"]]
        let outcome = set.outcome("header", order, scope: "usmf", values: NoValues())
        #expect(outcome.faults.count == 3)
        let missing = MappingFault.missingValue(
            mapping: "header", field: "Mode", ValueKey(table: "units", scope: "usmf", key: "flat"), column: "Symbol")
        #expect(outcome.decidingFault == missing)
        #expect(outcome.fields.map(\.name) == ["Currency", "Street", "Mode", "Amount", "Comment"])
        #expect(outcome.fields.map(\.faults.count) == [0, 1, 1, 1, 0])
        #expect(outcome.fields.last?.place == "header.yaml:9")
        #expect(outcome.record.json == ["Currency": "EUR", "Comment": "flat"])
        #expect(throws: missing) { try set.map("header", order, scope: "usmf", values: NoValues()) }
    }

    @Test("A document that is not there is a fault and no crash")
    func unknown() throws {
        #expect(throws: MappingFault.unknownMapping("other")) {
            try Fixture.set("").map("other", [:], scope: "", values: NoValues())
        }
    }

    @Test("Each value says which path it came from")
    func origins() throws {
        let rows = """
              Comment: { from: [order.name, order.method] }
              Mode: { from: order.method, table: units, column: Symbol }
              Street: { from: order.name, default: x }
            """
        let values = Rows(rows: [ValueKey(table: "units", key: "m"): ["Symbol": "n"]])
        let record = try Fixture.set(rows).map("header", ["order": ["method": "m"]], scope: "", values: values)
        #expect(record.fields.map(\.origin) == ["constant", "order.method", "order.method, table units", "default"])
    }
}

import JSON
import Mapping
import Testing

@Suite("A document that is written down")
struct WritingTests {
    private static let rows = #"""
          Street: { from: [order.street, order.name], join: "\", ", cut: true, text: [trim, upper], replace: { "/": "-" } }
          Mode: { from: order.method, table: shipping-methods, column: DeliveryModeCode, missing: leave, default: "10" }
          Amount: { from: order.total, number: { times: 0.01, add: -1, round: 2, negate: true, comma: true } }
          Requested: { from: order.created_at, date: { as: noon, zone: Europe/Vienna, addDays: 2 } }
          Comment: { from: order.total, number: { format: "0,00" }, pad: { to: 9, with: "*" }, required: true }
          Skip: { constant: true, when: [{ path: order.is_guest, isNot: [1, "yes"] }, { path: order.total, above: 0 }] }
          Flag: { constant: "1", when: { path: order.name, present: false } }
          Status: { from: "order.extension.a[0].b", default: { from: [order.name, order.method] } }
          comment.text: { call: initials, with: [order.name, order.method], split: { at: " ", part: -1 } }
          Lines: { each: order.items, mapping: line, as: line }
        """#

    @Test("reads back as the same one")
    func readsBack() throws {
        let document = try #require(try Fixture.set(Self.rows).documents["header"])
        let again = try Fixture.catalog.load(shipped: ["header.yaml": document.yaml, "line.yaml": Fixture.line])
        let other = try #require(again.documents["header"])
        #expect(other.fields.map(\.name) == document.fields.map(\.name))
        #expect(other.fields.map(\.rule) == document.fields.map(\.rule))
        #expect(other.yaml == document.yaml)
    }

    @Test("says what is the company's own")
    func own() throws {
        let yaml = Fixture.head + "  Comment: order.method\n  Street: none\n"
        let set = try Fixture.set("  Comment: order.name\n  Street: order.name", own: ["own.yaml": yaml])
        #expect(set.documents["header"]?.ownYAML == yaml)
    }

    @Test("is a field table")
    func table() throws {
        let own = ["own.yaml": Fixture.head + "  Street: none\n  Mode: order.method\n"]
        let set = try Fixture.set(
            "  Street: order.name\n  Amount: { from: order.total, number: { round: 2 } }", own: own)
        let table = try #require(set.table(of: "header"))
        let rows = table.rows.map {
            "\($0.field) | \($0.type) | \($0.source) | \($0.rules) | \($0.standing) | \($0.place)"
        }
        #expect(
            Array(rows.prefix(5)) == [
                "Currency | text (3) | \"EUR\" |  | shipped | header.yaml:5",
                "Amount | number | order.total | rounded to 2 | shipped | header.yaml:7",
                "Mode | text (10) | order.method |  | own | own.yaml:6",
                "Street | text (12) |  |  | removed | own.yaml:5", "SalesOrderNumber |  |  |  | flow | ",
            ])
        #expect(table.rows.dropFirst(5).allSatisfy { $0.standing == .unused })
        #expect(set.table(of: "other") == nil)
    }

    @Test("has every rule in words")
    func words() throws {
        let table = try #require(try Fixture.set(Self.rows).table(of: "header"))
        #expect(
            table.rows.prefix(11).map(\.rules) == [
                "", "\"/\" becomes \"-\"; trim; upper; may be cut",
                "table shipping-methods (DeliveryModeCode), else nothing; otherwise \"10\"",
                "read with decimal comma; times 0.01; plus -1; rounded to 2; negated",
                "day at noon UTC in Europe/Vienna plus 2 days",
                "written as 0,00; filled up to 9 with \"*\"; required",
                "when order.is_guest is not 1 nor yes; when order.total is above 0",
                "when order.name is not there", "otherwise order.name, else order.method", "part -1 at \" \"", "",
            ])
    }
}

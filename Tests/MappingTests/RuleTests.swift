import Foundation
import JSON
import Mapping
import Testing

@Suite("A rule")
struct RuleTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let rule: String
        let order: JSONValue
        let result: JSONValue

        init(_ testDescription: String, _ rule: String, _ order: JSONValue, _ result: JSONValue) {
            self.testDescription = testDescription
            self.rule = rule
            self.order = order
            self.result = result
        }
    }

    private static let values = Rows(rows: [
        ValueKey(table: "shipping-methods", key: "ups_ground"): ["DeliveryModeCode": "UPS"],
        ValueKey(table: "shipping-methods", scope: "usmf", key: "flat"): ["DeliveryModeCode": "Flat"],
        ValueKey(table: "units", key: "kg"): ["Symbol": "kilo"],
    ])

    private static let rows = [
        Row("takes a path alone", "Comment: order.name", ["name": "Ada"], ["Comment": "Ada"]),
        Row("sends nothing where nothing stands", "Comment: order.name", ["name": ""], [:]),
        Row(
            "takes the first that has a value", "Comment: { from: [order.name, order.method] }", ["method": "m"],
            ["Comment": "m"]),
        Row(
            "joins what has a value", "Street: { from: [order.street, order.name], join: \", \" }",
            ["street": ["A 1", "", "B"], "name": "C"], ["Street": "A 1, B, C"]),
        Row("reads lists by index", "Comment: order.street[1]", ["street": ["a", "b"]], ["Comment": "b"]),
        Row(
            "reads lists of named values by name", "Comment: order.attributes.color",
            ["attributes": [["attribute_code": "color", "value": "red"]]], ["Comment": "red"]),
        Row(
            "reads what nobody described", "Comment: order.extension.x.y[0]", ["extension": ["x": ["y": ["z"]]]],
            ["Comment": "z"]),
        Row("keeps a constant's words", "Comment: { constant: \"1.50\" }", [:], ["Comment": "1.50"]),
        Row("keeps a constant's digits", "Comment: { constant: 1.50 }", [:], ["Comment": "1.50"]),
        Row("takes Norway for a text", "Comment: { constant: NO }", [:], ["Comment": "NO"]),
        Row("takes a number as constant", "Amount: { constant: 1.10 }", [:], ["Amount": .number(1.1)]),
        Row("takes a flag as constant", "Skip: { constant: true }", [:], ["Skip": "Yes"]),
        Row(
            "takes the default where nothing stands", "Comment: { from: order.name, default: none }", [:],
            ["Comment": "none"]),
        Row(
            "takes the default from a path",
            "Comment: { from: order.name, text: upper, default: { from: order.method } }", ["method": "m"],
            ["Comment": "m"]),
        Row(
            "splits", "Comment: { from: order.name, split: { at: \" \", part: -1 } }", ["name": "Ada K Lovelace"],
            ["Comment": "Lovelace"]),
        Row(
            "splits to nothing", "Comment: { from: order.name, split: { at: \" \", part: 9 } }", ["name": "Ada"], [:]),
        Row(
            "replaces", "Comment: { from: order.name, replace: { \"/\": \"-\", \" \": \"\" } }", ["name": "a / b"],
            ["Comment": "a-b"]),
        Row(
            "trims and raises", "Comment: { from: order.name, text: [trim, upper] }", ["name": "  a \t b "],
            ["Comment": "A B"]),
        Row("is nothing where only blanks stood", "Comment: { from: order.name, text: trim }", ["name": "  "], [:]),
        Row(
            "pads", "Comment: { from: order.total, pad: { to: 5, with: \"0\" } }", ["total": 42], ["Comment": "00042"]
        ),
        Row(
            "leaves longer ones when it pads", "Comment: { from: order.name, pad: { to: 2, with: \"0\" } }",
            ["name": "abc"], ["Comment": "abc"]),
        Row(
            "looks a word up", "Mode: { from: order.method, table: shipping-methods, column: DeliveryModeCode }",
            ["method": "ups_ground"], ["Mode": "UPS"]),
        Row(
            "looks a word up for the legal entity first",
            "Mode: { from: order.method, table: shipping-methods, column: DeliveryModeCode }", ["method": "flat"],
            ["Mode": "Flat"]),
        Row(
            "looks a word up backwards", "Mode: { from: order.method, table: units, column: Symbol, reverse: true }",
            ["method": "kilo"], ["Mode": "kg"]),
        Row(
            "keeps a word that no row has",
            "Mode: { from: order.method, table: units, column: Symbol, missing: same }", ["method": "lb"],
            ["Mode": "lb"]),
        Row(
            "leaves out a word that no row has",
            "Mode: { from: order.method, table: units, column: Symbol, missing: leave }", ["method": "lb"], [:]),
        Row(
            "takes the default for a word that no row has",
            "Mode: { from: order.method, table: units, column: Symbol, missing: leave, default: pcs }",
            ["method": "lb"], ["Mode": "pcs"]),
        Row(
            "cuts where it may", "Street: { from: order.name, cut: true }", ["name": "Lindenweg 4, Top 3"],
            ["Street": "Lindenweg 4,"]),
        Row(
            "never cuts a letter in two", "Street: { from: order.name, cut: true }", ["name": "12345678901👩‍👩‍👧x"],
            ["Street": "12345678901"]),
        Row(
            "never cuts an accent off", "Street: { from: order.name, cut: true }", ["name": "12345678901e\u{301}"],
            ["Street": "12345678901"]),
        Row(
            "keeps an emoji that fits", "Street: { from: order.name, cut: true }", ["name": "1234567890🚚1"],
            ["Street": "1234567890🚚"]),
        Row(
            "calls a function", "Comment: { call: initials, with: [order.name, order.method] }",
            ["name": "Ada", "method": "Lo"], ["Comment": "AL"]),
        Row(
            "takes the default where a function has nothing",
            "Comment: { call: initials, with: order.name, default: x }", [:], ["Comment": "x"]),
        Row("makes a list of one text", "Streets: order.name", ["name": "A"], ["Streets": ["A"]]),
        Row("takes a list of texts", "Streets: order.street", ["street": ["A", "B"]], ["Streets": ["A", "B"]]),
        Row("takes one of the target's words", "Status: { constant: Open }", [:], ["Status": "Open"]),
        Row("reads flags as the shop writes them", "Skip: order.is_guest", ["is_guest": "1"], ["Skip": "Yes"]),
        Row("makes a flag", "Flag: order.is_guest", ["is_guest": 0], ["Flag": false]),
        Row(
            "makes an object of a dotted name", "comment.text: order.name", ["name": "hi"],
            ["comment": ["text": "hi"]]),
        Row(
            "maps repeated parts", "Lines: { each: order.items, mapping: line, as: line }",
            ["increment_id": "7", "items": [["sku": "A", "qty": "2"], ["sku": "B"]]],
            ["Lines": [["Item": "A", "Quantity": 2, "Order": "7"], ["Item": "B", "Order": "7"]]]),
        Row(
            "has no parts where there are none", "Lines: { each: order.items, mapping: line, as: line }",
            ["items": []], [:]),
    ]

    @Test("does what it says", arguments: rows)
    func works(_ row: Row) throws {
        #expect(try Fixture.map("  \(row.rule)", row.order, values: Self.values) == row.result)
    }

    @Test(
        "is left out unless its conditions hold",
        arguments: [
            ("{ path: order.name }", true), ("{ path: order.method }", false),
            ("{ path: order.method, present: false }", true), ("{ path: order.name, is: Ada }", true),
            ("{ path: order.name, is: [Bob, Ada] }", true), ("{ path: order.name, isNot: Ada }", false),
            ("{ path: order.total, is: 0 }", true), ("{ path: order.total, isNot: 0 }", false),
            ("{ path: order.total, above: 0 }", false), ("{ path: order.total, below: 0.01 }", true),
            ("{ path: order.name, above: 0 }", false), ("{ path: order.is_guest, is: 1 }", true),
            ("[{ path: order.name }, { path: order.total, is: 0 }]", true),
            ("[{ path: order.name }, { path: order.method }]", false),
        ])
    func conditions(when: String, isSent: Bool) throws {
        let order: JSONValue = ["name": "Ada", "total": "0.0000", "is_guest": 1]
        let mapped = try Fixture.map("  Comment: { constant: x, when: \(when) }", order)
        #expect((mapped == ["Comment": "x"]) == isSent)
    }

    @Test(
        "keeps every digit of numbers",
        arguments: [
            ("round: 2", "2.345", "2.35"), ("round: 2", "-2.345", "-2.35"), ("round: 0", "0.5", "1"),
            ("round: 2", "0.1", "0.1"), ("times: 100", "19.99", "1999"), ("add: -0.01", "0.03", "0.02"),
            ("negate: true", "12.5", "-12.5"), ("times: 3, add: 1, round: 1, negate: true", "0.15", "-1.5"),
            ("comma: true", "1.234,50", "1234.5"), ("comma: true", "1 234,5", "1234.5"), ("comma: true", "-7", "-7"),
            ("round: 2", "90071992547409931234.005", "90071992547409931234.01"),
        ])
    func numbers(rule: String, source: String, result: String) throws {
        let mapped = try Fixture.map("  Amount: { from: order.name, number: { \(rule) } }", ["name": .string(source)])
        #expect(mapped?.objectValue?["Amount"]?.numberValue?.description == result)
    }

    @Test(
        "writes numbers as text in the form that is asked for",
        arguments: [
            ("0.00", "5", "5.00"), ("0,00", "-1234.5", "-1234,50"), ("0", "2.5", "3"), ("0.0", "0.04", "0.0"),
            ("0.00", "-0.001", "0.00"),
        ])
    func formats(pattern: String, source: String, result: String) throws {
        let mapped = try Fixture.map(
            "  Comment: { from: order.name, number: { format: \"\(pattern)\" } }", ["name": .string(source)])
        #expect(mapped == ["Comment": .string(result)])
    }

    @Test(
        "brings dates into the target's form",
        arguments: [
            ("noon", "2026-01-15 23:30:00", "2026-01-15T12:00:00Z"), ("noon", "2026-01-15", "2026-01-15T12:00:00Z"),
            ("noon", "2026-01-15T23:30:00-08:00", "2026-01-16T12:00:00Z"),
            ("{ as: noon, zone: Europe/Vienna }", "2026-01-15 23:30:00", "2026-01-16T12:00:00Z"),
            ("{ as: noon, zone: Europe/Vienna }", "2026-01-15", "2026-01-15T12:00:00Z"),
            ("{ as: day, addDays: 30 }", "2026-02-15", "2026-03-17"),
            ("{ as: day, addDays: -1 }", "2024-03-01", "2024-02-29"),
            ("day", "2026-01-15T12:00:00Z", "2026-01-15"), ("moment", "2026-01-15 09:30:00", "2026-01-15T09:30:00Z"),
            ("moment", "2026-01-15T09:30:00.123+01:00", "2026-01-15T08:30:00Z"),
            ("moment", "2026-01-15T00:15+01:00", "2026-01-14T23:15:00Z"),
            ("moment", "2026-01-15", "2026-01-15T00:00:00Z"),
            ("stamp", "2026-01-15T12:00:00Z", "2026-01-15 12:00:00"), ("day", "0001-01-01", "0001-01-01"),
            ("day", "2400-02-29", "2400-02-29"),
        ])
    func dates(form: String, source: String, result: String) throws {
        let mapped = try Fixture.map(
            "  Requested: { from: order.created_at, date: \(form) }", ["created_at": .string(source)])
        #expect(mapped == ["Requested": .string(result)])
    }

    @Test("takes the platforms' empty dates for none", arguments: ["1900-01-01T00:00:00Z", "0000-00-00 00:00:00"])
    func emptyDates(source: String) throws {
        #expect(
            try Fixture.map("  Requested: { from: order.created_at, date: noon }", ["created_at": .string(source)])
                == [:])
    }

    @Test(
        "refuses what is no date",
        arguments: [
            "tomorrow", "2026-13-01", "2026-02-30", "2025-02-29", "2026-1-5", "2026-01-15 24:00:00", "2026-01-15T10",
            "2026-01-15 10:00:00 CET", "2026-01-15x", "15.01.2026", "٢٠٢٦-٠١-١٥",
        ])
    func badDates(source: String) {
        #expect(throws: MappingFault.self) {
            try Fixture.map("  Requested: { from: order.created_at, date: noon }", ["created_at": .string(source)])
        }
    }
}

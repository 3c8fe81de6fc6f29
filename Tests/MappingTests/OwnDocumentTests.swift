import JSON
import Mapping
import Testing

@Suite("A company's own document")
struct OwnDocumentTests {
    private static let shipped = [
        "header.yaml": Fixture.header("  Comment: order.name\n  Street: order.method"), "line.yaml": Fixture.line,
    ]

    private func map(_ rows: String) throws -> MappedRecord {
        try Fixture.catalog.load(shipped: Self.shipped, own: ["own.yaml": Fixture.head + rows])
            .map("header", ["order": ["name": "n", "method": "m"]], scope: "", values: NoValues())
    }

    @Test("takes the place of the shipped one field by field")
    func overrides() throws {
        #expect(
            try map("  Comment: { constant: mine }\n  Mode: order.method").json
                == ["Currency": "EUR", "Comment": "mine", "Street": "m", "Mode": "m"])
    }

    @Test("takes shipped fields away")
    func removes() throws {
        #expect(try map("  Street: none").json == ["Currency": "EUR", "Comment": "n"])
    }

    @Test(
        "is refused where it does not fit the shipped one",
        arguments: [
            (
                "mapping: heder\nfrom: commerce.order\nto: dynamics.Header\nfields: { Currency: { constant: EUR } }\n",
                "1:10: mapping: found heder, which nothing uses; expected perhaps header"
            ),
            (
                "mapping: header\nfrom: commerce.open\nto: dynamics.Header\nfields: {}\n",
                "2:7: from: found commerce.open; expected commerce.order, as the shipped header has it"
            ),
            (
                "mapping: header\nfrom: commerce.order\nto: dynamics.Line\nfields: {}\n",
                "3:5: to: found dynamics.Line; expected dynamics.Header, as the shipped header has it"
            ),
            (
                Fixture.head + "  Currency: none\n",
                "5:3: fields.Currency: found none; expected a rule: dynamics.Header needs it"
            ),
            (
                Fixture.head + "  Coment: none\n",
                "5:3: fields.Coment: found none for a field that is not shipped; expected perhaps Comment"
            ),
            (
                Fixture.head + "  Comment: order.nam\n",
                "5:12: fields.Comment.from: found no field nam in order; expected perhaps name"
            ),
        ])
    func refused(yaml: String, problem: String) {
        let problems = Fixture.problems(shipped: Self.shipped, own: ["own.yaml": yaml])
        #expect(problems == ["own.yaml:" + problem])
    }

    @Test("may not be there twice under one name")
    func twice() {
        let own = ["a.yaml": Fixture.head + "  Comment: order.name\n", "b.yaml": Fixture.head + "  Street: none\n"]
        #expect(
            Fixture.problems(shipped: Self.shipped, own: own) == [
                "b.yaml:1:10: mapping: found header, as in a.yaml; expected each document once"
            ])
    }

    @Test("may be a new one that another document calls, if it is complete")
    func part() throws {
        let part = "mapping: short-line\nfrom: commerce.line\nto: dynamics.Line\nfields:\n"
        let header = Fixture.head + "  Lines: { each: order.items, mapping: short-line, as: line }\n"
        let complete = ["own.yaml": header, "part.yaml": part + "  Item: { constant: A }\n"]
        #expect(Fixture.problems(shipped: Self.shipped, own: complete) == [])
        let lacking = ["own.yaml": header, "part.yaml": part + "  Quantity: line.qty\n"]
        #expect(
            Fixture.problems(shipped: Self.shipped, own: lacking) == [
                "part.yaml:5:3: fields.Item: found nothing; expected a rule: dynamics.Line needs it"
            ])
    }

    @Test("may not call itself, not even in a circle")
    func circle() {
        let line = Fixture.line + "  Parts: { each: line.parts, mapping: line, as: line }\n"
        #expect(
            Fixture.problems(shipped: ["header.yaml": Fixture.header(""), "line.yaml": line]) == [
                "line.yaml:8:39: fields.Parts.mapping: found line, which leads back to line; expected parts that end, "
                    + "at most 5 in each other"
            ])
    }
}

import Mapping
import Testing

@Suite("Mistakes in a document as a whole")
struct DocumentProblemTests {
    @Test(
        "Each is shown where it stands",
        arguments: [
            ("", "1:1: found an empty document; expected mapping, from, to and fields"),
            ("- a", "1:1: found a list; expected a section of keys and values"),
            (
                "mapping: header\nfrom: commerce.order\nto: dynamics.Header\n",
                "1:1: fields: found nothing; expected target fields with their rules"
            ),
            (
                "mapping: header\nfrom: commerce.order\nto: dynamics.Header\nfields:\n",
                "4:8: fields: found nothing; expected target fields with their rules"
            ),
            (
                "mapping: header\nfrom: commerce.order\nto: dynamics.Header\nfields: {}\n",
                "4:9: fields.Currency: found nothing; expected a rule: dynamics.Header needs it"
            ),
            (
                "from: commerce.order\nto: dynamics.Header\nfields: {}\n",
                "1:1: mapping: found nothing; expected the document's name, such as order-header"
            ),
            (
                "mapping: header\nfrom: commerce.ordr\nto: dynamics.Header\nfields: { Currency: { constant: EUR } }\n",
                "2:7: from: found the unknown record commerce.ordr; expected perhaps commerce.order"
            ),
            (
                "mapping: header\nfrom: commerce.order\nto: dynamics.Hedder\nfields: {}\n",
                "3:5: to: found the unknown record dynamics.Hedder; expected perhaps dynamics.Header"
            ),
            (
                "mapping: header\nform: commerce.order\nto: dynamics.Header\nfields: {}\n",
                "2:1: form: found an unknown key; expected perhaps from"
            ),
            (
                "mapping: [\n",
                "2:1: found did not find expected node content; expected valid YAML; text with : # { } [ ] , in it needs quotes"
            ),
            ("mapping: \u{1}", "1:10: found the character U+1; expected text without control characters"),
            (
                "a: *b",
                "1:4: found found undefined alias; expected valid YAML; text with : # { } [ ] , in it needs quotes"
            ),
        ])
    func inTheDocument(yaml: String, problem: String) {
        let problems = Fixture.problems(shipped: ["header.yaml": yaml])
        #expect(problems.contains("header.yaml:" + problem), "\(problems)")
    }

    @Test("All of them are told at once, by file and line")
    func allAtOnce() {
        let problems = Fixture.problems(
            "  Amount: { constant: x }\n  Curency: order.name\n  Comment: { from: order.nam, cut: maybe }")
        #expect(
            problems.map { String($0.prefix(16)) } == ["header.yaml:6:23", "header.yaml:7:3:", "header.yaml:8:36"])
    }

    @Test("Fields of open records pass, whatever they are called")
    func open() {
        let yaml =
            "mapping: header\nfrom: commerce.open\nto: dynamics.Header\nfields:\n  Currency: order.whatever.it[0].is\n"
        #expect(Fixture.problems(shipped: ["header.yaml": yaml]) == [])
    }

    @Test("Value tables that nobody has described yet pass")
    func unknownTables() throws {
        var catalog = Fixture.catalog
        catalog.tables = nil
        let rows = "  Mode: { from: order.method, table: anything, column: at-all }"
        _ = try catalog.load(shipped: ["header.yaml": Fixture.header(rows)])
    }
}

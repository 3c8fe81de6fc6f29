import Mapping
import Testing

@testable import Gateway

@Suite("The value tables of a configuration")
struct ValueSettingsTests {
    private static let place = "operator: {"

    private static func read(_ values: String) throws -> ValueTableCatalog {
        try ConfigurationFixture.read(replacing: place, with: values + "\n" + place).values
    }

    @Test("are the standard ones, unless it says more", arguments: ["", "values: {}", "values: { tables: {} }"])
    func standard(values: String) throws { #expect(try Self.read(values) == .standard) }

    @Test("may be a company's own, or have its columns besides the standard ones")
    func own() throws {
        let catalog = try Self.read(
            """
            values:
              tables:
                cost-centers: { key: store, columns: [ CostCenter, Department ] }
                routes: { key: RouteId, columns: [ carrier_code ], keysOf: dynamics }
                items: { columns: [ SalesTaxItemGroupCode ] }
            """)
        #expect(catalog["cost-centers"]?.columns == ["CostCenter", "Department"])
        #expect(catalog["cost-centers"]?.keysOf == .commerce && catalog["routes"]?.keysOf == .dynamics)
        #expect(catalog["items"]?.columns.last == "SalesTaxItemGroupCode" && catalog["items"]?.key == "sku")
        #expect(catalog["items"]?.columns.count == 7)
    }

    @Test(
        "are refused with line and column where they cannot be",
        arguments: [
            ("own: { columns: [ A ] }", "3:10: values.tables.own.key: found nothing, expected"),
            ("own: { key: k }", "values.tables.own.columns: found nothing; expected a list"),
            ("own:", "values.tables.own: found nothing; expected key and columns"),
            (
                "Own: { key: k, columns: [ A ] }",
                "3:5: values.tables.Own: found \"Own\"; expected a name of lower-case"
            ),
            ("own: { key: a b, columns: [ A ] }", "values.tables.own.key: found \"a b\""),
            ("own: { key: legalEntity, columns: [ A ] }", "values.tables.own.key: found \"legalEntity\""),
            ("own: { key: k, columns: [ A, A ] }", "3:34: values.tables.own.columns[1]: found \"A\""),
            ("own: { key: k, columns: [ k ] }", "values.tables.own.columns[0]: found \"k\""),
            ("own: { key: k, columns: [ legalEntity ] }", "values.tables.own.columns[0]: found \"legalEntity\""),
            ("own: { key: k, columns: A }", "values.tables.own.columns: found \"A\"; expected a list"),
            (
                "own: { key: k, columns: [ A ], keysOf: erp }",
                "values.tables.own.keysOf: found \"erp\"; expected commerce"
            ),
            ("own: { key: k, columns: [ A ], kind: x }", "values.tables.own.kind: found an unknown key"),
            ("items: { key: sku, columns: [ A ] }", "values.tables.items.key: found a key; expected columns alone"),
            ("items: { columns: [ ItemNumber ] }", "values.tables.items.columns[0]: found \"ItemNumber\""),
        ])
    func refused(table: String, words: String) {
        let values = "values:\n  tables:\n    \(table)\n"
        let problems = ConfigurationFixture.problems(
            replacing: "server: {", with: values + "server: {")
        let wanted = words.replacing("nothing, expected", with: "nothing; expected")
        #expect(problems.contains { $0.contains(wanted) }, "\(problems)")
    }
}

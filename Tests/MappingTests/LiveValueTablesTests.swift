import Mapping
import Testing

@Suite("The value tables as flows ask them")
struct LiveValueTablesTests {
    private static func row(_ table: String, _ key: String, _ columns: [String: String], in scope: String = "")
        -> ValueTableRow
    {
        ValueTableRow(ValueKey(table: table, scope: scope, key: key), columns)
    }

    private static func tables(_ rows: ValueTableRow...) -> LiveValueTables {
        LiveValueTables(ValueSnapshot(.standard, rows: rows))
    }

    @Test("A legal entity's own row goes before the row for all")
    func ownFirst() {
        let tables = Self.tables(
            Self.row("units", "pcs", ["SalesUnitSymbol": "ea"]),
            Self.row("units", "pcs", ["SalesUnitSymbol": "Stk"], in: "demf"))
        #expect(tables.row(ValueKey(table: "units", scope: "demf", key: "pcs")) == ["SalesUnitSymbol": "Stk"])
        #expect(tables.row(ValueKey(table: "units", scope: "usmf", key: "pcs")) == ["SalesUnitSymbol": "ea"])
        #expect(tables.row(ValueKey(table: "units", key: "pcs")) == ["SalesUnitSymbol": "ea"])
    }

    @Test(
        "There is no row for another key, table or legal entity",
        arguments: [("units", "usmf", "PCS"), ("units", "", "pcs"), ("sources", "usmf", "pcs"), ("none", "", "")])
    func noRow(table: String, scope: String, key: String) {
        let tables = Self.tables(Self.row("units", "pcs", ["SalesUnitSymbol": "ea"], in: "usmf"))
        #expect(tables.row(ValueKey(table: table, scope: scope, key: key)) == nil)
    }

    @Test(
        "F&O's codes are found in any case, Commerce's only as they are",
        arguments: [("carriers", "DHL", "dhl", true), ("payment-methods", "visa", "VISA", false)])
    func caseOfKeys(table: String, written: String, asked: String, isFound: Bool) {
        let tables = Self.tables(Self.row(table, written, ["x": "1"]))
        #expect((tables.row(ValueKey(table: table, key: asked)) != nil) == isFound)
    }

    @Test(
        "Looked up the other way round, F&O's values are found in any case, Commerce's only as they are",
        arguments: [
            ("shipping-methods", "DeliveryModeCode", "dhl", ["flatrate_flatrate"]),
            ("carriers", "carrier_code", "UPS", []), ("carriers", "carrier_code", "ups", ["UPS-GROUND"]),
        ])
    func caseOfValues(table: String, column: String, value: String, keys: [String]) {
        let tables = Self.tables(
            Self.row("shipping-methods", "flatrate_flatrate", ["DeliveryModeCode": "DHL"]),
            Self.row("carriers", "UPS-GROUND", ["carrier_code": "ups"]))
        #expect(tables.keys(in: table, scope: "usmf", where: column, is: value) == keys)
    }

    @Test("The other way round, the legal entity's own keys come first, and rows that it replaces do not count")
    func reversed() {
        let tables = Self.tables(
            Self.row("units", "b", ["SalesUnitSymbol": "ea"]), Self.row("units", "a", ["SalesUnitSymbol": "ea"]),
            Self.row("units", "c", ["SalesUnitSymbol": "ea"]),
            Self.row("units", "z", ["SalesUnitSymbol": "ea"], in: "usmf"),
            Self.row("units", "a", ["SalesUnitSymbol": "ea"], in: "usmf"),
            Self.row("units", "c", ["SalesUnitSymbol": "box"], in: "usmf"))
        let asked = { scope in tables.keys(in: "units", scope: scope, where: "SalesUnitSymbol", is: "ea") }
        #expect(asked("usmf") == ["a", "z", "b"])
        #expect(asked("demf") == ["a", "b", "c"])
        #expect(asked("") == ["a", "b", "c"])
    }

    @Test("A change is seen by the next who asks, in both directions")
    func changed() {
        let tables = Self.tables(Self.row("units", "pcs", ["SalesUnitSymbol": "ea"]))
        let reversed = { tables.keys(in: "units", scope: "", where: "SalesUnitSymbol", is: $0) }
        #expect(reversed("ea") == ["pcs"])
        var snapshot = tables.snapshot
        snapshot.set(Self.row("units", "pcs", ["SalesUnitSymbol": "Stk"]))
        tables.publish(snapshot)
        #expect(reversed("ea") == [] && reversed("Stk") == ["pcs"])
        snapshot.remove(ValueKey(table: "units", key: "pcs"))
        tables.publish(snapshot)
        #expect(tables.row(ValueKey(table: "units", key: "pcs")) == nil && reversed("Stk") == [])
    }

    @Test("A row takes the place of one whose key is the same to F&O, or to Unicode")
    func sameKey() {
        var snapshot = ValueSnapshot(.standard)
        for key in ["DHL", "dhl"] { snapshot.set(Self.row("carriers", key, ["title": key])) }
        for key in ["caf\u{E9}", "cafe\u{301}"] { snapshot.set(Self.row("units", key, [:])) }
        #expect(snapshot.rows(of: "carriers").map(\.key.key) == ["dhl"])
        #expect(snapshot.count(of: "units") == 1)
    }
}

@Suite("The definitions of value tables")
struct ValueTableCatalogTests {
    @Test("All standard tables have names, keys and columns that can be written, and a sentence")
    func standard() {
        for table in ValueTableCatalog.standard.tables {
            #expect(ValueTableDefinition.isName(table.name) && !table.summary.isEmpty)
            #expect(([table.key] + table.columns).allSatisfy(ValueTableDefinition.isColumnName))
            #expect(Set([table.key] + table.columns).count == table.columns.count + 1)
        }
        #expect(ValueTableCatalog.standard["shipping-methods"]?.columns.contains("DeliveryModeCode") == true)
        #expect(ValueTableCatalog.standard["nothing"] == nil)
    }

    @Test("A company's own table stands beside the standard ones, and before one of the same name")
    func own() {
        let own = ValueTableDefinition(name: "cost-centers", key: "store", columns: ["CostCenter"])
        let units = ValueTableDefinition(name: "units", key: "unit", columns: ["SalesUnitSymbol", "Extra"])
        let catalog = ValueTableCatalog(own: [own, units])
        #expect(catalog["cost-centers"] == own && catalog["units"] == units)
        #expect(catalog.tables.count == ValueTableCatalog.standard.tables.count + 1)
    }

    @Test(
        "Names of tables are lower-case words",
        arguments: [
            ("units", true), ("a", true), ("tax-groups-2", true), ("", false), ("Units", false), ("2units", false),
            ("-units", false), ("tax_groups", false), ("größen", false), (String(repeating: "a", count: 41), false),
        ])
    func tableNames(name: String, isOne: Bool) { #expect(ValueTableDefinition.isName(name) == isOne) }

    @Test(
        "Names of columns are those of fields",
        arguments: [
            ("ItemNumber", true), ("carrier_code", true), ("x", true), ("", false), ("1st", false), ("a b", false),
            ("a.b", false), ("_x", false), ("legalEntity", false), (String(repeating: "a", count: 81), false),
        ])
    func columnNames(name: String, isOne: Bool) { #expect(ValueTableDefinition.isColumnName(name) == isOne) }
}

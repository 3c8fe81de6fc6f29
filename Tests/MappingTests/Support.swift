import Foundation
import JSON
import Mapping

/// A small order and its target, with one field of every type.
enum Fixture {
    static let catalog = MappingCatalog(
        targets: [
            TargetRecord(
                "dynamics.Header", owned: ["SalesOrderNumber"],
                [
                    TargetField("Currency", .text(longest: 3), required: true, note: "ISO 4217"),
                    TargetField("Street", .text(longest: 12)),
                    TargetField("Comment", .text(longest: nil)),
                    TargetField("Mode", .text(longest: 10)),
                    TargetField("Amount", .decimal),
                    TargetField("Count", .integer),
                    TargetField("Requested", .date),
                    TargetField("Skip", .noYes),
                    TargetField("Flag", .boolean),
                    TargetField("Status", .choice(["Open", "Closed"])),
                    TargetField("Streets", .texts(longest: 12)),
                    TargetField("Lines", .records("dynamics.Line")),
                    TargetField("comment.text", .text(longest: 20)),
                ]),
            TargetRecord(
                "dynamics.Line",
                [
                    TargetField("Item", .text(longest: 20), required: true), TargetField("Quantity", .decimal),
                    TargetField("Order", .text(longest: 20)), TargetField("Parts", .records("dynamics.Line")),
                ]),
        ],
        sources: [
            "commerce.order": [order],
            "commerce.line": [
                order, SourceRecord("line", ["sku": .text, "qty": .number, "parts": .list(.object(nil))]),
            ],
            "commerce.open": [SourceRecord("order", isOpen: true, ["id": .number])],
        ],
        functions: [
            MappingFunction("initials", arguments: 1...2, purpose: "The first letters of names.") {
                (values) throws(MappingFunctionFault) in
                let words = values.compactMap { $0?.stringValue }
                if words.contains("?") { throw MappingFunctionFault(found: "a question mark", expected: "a name") }
                return words.isEmpty ? nil : .string(words.map { String($0.prefix(1)) }.joined())
            }
        ],
        tables: ["shipping-methods": ["DeliveryModeCode", "DeliveryTermsCode"], "units": ["Symbol"]])

    private static let order = SourceRecord(
        "order",
        [
            "increment_id": .text, "currency": .text, "total": .number, "is_guest": .flag, "created_at": .date,
            "method": .text, "name": .text, "street": .list(.text), "items": .list(.object(nil)),
            "address": .object(["city": .text, "street": .list(.text)]),
            "attributes": .list(.object(["attribute_code": .text, "value": .text])), "extension": .object(nil),
        ])

    static let head = "mapping: header\nfrom: commerce.order\nto: dynamics.Header\nfields:\n"
    static let line = """
        mapping: line
        from: commerce.line
        to: dynamics.Line
        fields:
          Item: line.sku
          Quantity: line.qty
          Order: order.increment_id

        """

    /// A document with these rows, and the currency that it needs.
    static func header(_ rows: String) -> String { head + "  Currency: { constant: EUR }\n" + rows + "\n" }

    static func set(_ rows: String, own: [String: String] = [:]) throws -> MappingSet {
        try catalog.load(shipped: ["header.yaml": header(rows), "line.yaml": line], own: own)
    }

    static func map(
        _ rows: String, _ order: JSONValue, values: any ValueLookup = NoValues()
    ) throws -> JSONValue? {
        let record = try set(rows).map("header", ["order": order], scope: "usmf", values: values).json.objectValue
        return .object(JSONObject((record?.fields ?? []).filter { $0.key != "Currency" }))
    }

    /// What is wrong with documents, in lines.
    static func problems(shipped: [String: String], own: [String: String] = [:]) -> [String] {
        do {
            _ = try catalog.load(shipped: shipped, own: own)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    static func problems(_ rows: String) -> [String] {
        problems(shipped: ["header.yaml": header(rows), "line.yaml": line])
    }
}

/// Rows by table and key, for all legal entities or for one.
struct Rows: ValueLookup {
    var rows: [ValueKey: [String: String]]

    func row(_ key: ValueKey) -> [String: String]? {
        rows[key] ?? rows[ValueKey(table: key.table, key: key.key)]
    }

    func keys(in table: String, scope: String, where column: String, is value: String) -> [String] {
        rows.filter { $0.key.table == table && $0.value[column] == value }.map(\.key.key).sorted()
    }
}

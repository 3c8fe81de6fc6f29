import JSON

/// Rows that belong to those of another set, under the name of a navigation property.
struct ODataNavigation {
    let name: String
    let target: EntitySchema
    /// Properties that have the same value on both sides.
    let join: [String]
}

extension EntitySchema {
    var navigations: [ODataNavigation] {
        guard type == Self.salesInvoiceHeaders.type else { return [] }
        return [
            ODataNavigation(
                name: "SalesInvoiceLinesV3", target: .salesInvoiceLines,
                join: ["dataAreaId", "InvoiceNumber", "InvoiceDate", "LedgerVoucher"])
        ]
    }
}

/// One item of `$expand`: `SalesInvoiceLinesV3($select=ProductNumber)`.
struct ODataExpansion {
    let navigation: ODataNavigation
    let select: [String]?

    /// - Parameter text: Items with commas between them.
    static func list(_ text: String, _ schema: EntitySchema) throws(ODataRefusal) -> [ODataExpansion] {
        var expansions: [ODataExpansion] = []
        var rest = text[...]
        while let match = rest.prefixMatch(of: /(\w+)(?:\(\$select=([\w,]+)\))?(?:,|$)/) {
            rest = rest[match.range.upperBound...]
            guard let navigation = schema.navigations.first(where: { $0.name == match.1 }) else {
                throw .unknownProperty(String(match.1), schema)
            }
            let select = try match.2.map { names throws(ODataRefusal) in
                try ODataQuery.names(String(names), navigation.target)
            }
            expansions.append(ODataExpansion(navigation: navigation, select: select))
        }
        // F&O expands one level, and takes no other option inside.
        guard rest.isEmpty else { throw .malformed("The expression '\(rest)' of '$expand' is not supported.") }
        return expansions
    }
}

extension DynamicsBooks {
    /// The rows that belong to this one, in the order of their creation.
    func related(_ row: ODataTable.Row, _ navigation: ODataNavigation) -> [ODataTable.Row] {
        let table = table(navigation.target)
        return table.candidates(["InvoiceNumber": row.text("InvoiceNumber")]).map { table.rows[$0] }.filter { other in
            navigation.join.allSatisfy { other.fields[$0] == row.fields[$0] }
        }
    }
}

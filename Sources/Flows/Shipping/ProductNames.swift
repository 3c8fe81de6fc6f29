import Mapping

/// Which SKU of the shop an item of F&O is: the same word, or what the value table `items` says.
struct ProductNames: Sendable {
    static let table = "items"
    static let column = "ItemNumber"

    let values: any ValueLookup
    /// The legal entity.
    let scope: String

    func isSame(_ product: String, _ sku: String) -> Bool {
        if product == sku { return true }
        return values.row(ValueKey(table: Self.table, scope: scope, key: sku))?[Self.column] == product
    }
}

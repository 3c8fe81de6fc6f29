import Foundation

/// What exists twice and must not: the proof that a retried create had its effect once.
public struct DynamicsDoubles: Sendable, Equatable {
    /// Two things that claim to be one.
    public struct Double: Sendable, Equatable, CustomStringConvertible {
        public let dataAreaId: String
        /// What they share: the reference, the e-mail address in lower case, or order, line and quantity.
        public let key: String
        /// Their own numbers, in the order of creation.
        public let numbers: [String]

        public var description: String { "\(dataAreaId) \(key): \(numbers.joined(separator: ", "))" }
    }

    /// Orders with one `CustomersOrderReference` in one legal entity.
    public let orders: [Double]
    /// Lines with one external mark on one order: the same `LineNumber`, or the same non-empty `OrderLineReference`.
    public let lines: [Double]
    /// Customers with one e-mail address in one legal entity.
    public let customers: [Double]
    /// Payments with one `PaymentReference` in one legal entity.
    public let payments: [Double]
    /// Return orders with one `CustomersOrderReference` in one legal entity.
    public let returnOrders: [Double]

    public var isEmpty: Bool { [orders, lines, customers, payments, returnOrders].allSatisfy(\.isEmpty) }
}

extension DynamicsDoubles {
    init(_ books: DynamicsBooks) {
        orders = Self.find(books.orders, "CustomersOrderReference", number: "SalesOrderNumber")
        customers = Self.find(books.customers, "PrimaryContactEmail", number: "CustomerAccount")
        payments = Self.find(books.payments.lines, "PaymentReference", number: "Voucher")
        returnOrders = Self.find(books.returns.headers, "CustomersOrderReference", number: "ReturnOrderNumber")
        lines = books.lines.repeated("SalesOrderNumber").flatMap { rows in
            Self.doubles(rows, number: "InventoryLotId") {
                "\($0.text("SalesOrderNumber")) line \($0.number("LineNumber"))"
            }
                + Self.doubles(rows, number: "InventoryLotId") { row in
                    let mark = row.text("OrderLineReference")
                    return mark.isEmpty ? nil : "\(row.text("SalesOrderNumber")) reference \(mark)"
                }
        }
    }

    private static func find(_ table: ODataTable, _ property: String, number: String) -> [Double] {
        table.repeated(property).flatMap { rows in
            doubles(rows, number: number) { $0.text(property).lowercased() }
        }
    }

    private static func doubles(
        _ rows: [ODataTable.Row], number: String, key: (ODataTable.Row) -> String?
    ) -> [Double] {
        var groups: [String: [ODataTable.Row]] = [:]
        for row in rows {
            guard let key = key(row) else { continue }
            groups["\(row.dataAreaId)\u{1f}\(key)", default: []].append(row)
        }
        return groups.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { group in
            Double(
                dataAreaId: group.value[0].dataAreaId, key: key(group.value[0]) ?? "",
                numbers: group.value.map { $0.text(number) })
        }
    }
}

import JSON
public import Relay

/// Orders as they are compared with the ERP's: whole pages of a period, and single ones by their numbers.
extension CommerceClient {
    /// Orders of one page.
    public static let recordPage = 50

    /// The orders that were placed in the period, oldest first, at most `recordPage` of them, behind the cursor:
    /// placed later, or in the same second with a higher id. Ask again with the cursor of the last one until none is
    /// left. `GET /V1/orders` (`Magento_Sales::actions_view`). Safe to repeat.
    /// - Parameter cursor: Its moment is that of the placing.
    public func orderRecords(
        placedFrom from: Timestamp, until: Timestamp, after cursor: ChangeCursor? = nil
    ) async throws -> [OrderRecord] {
        let start = CommerceTime.text(cursor.map { max($0.updatedAt, from) } ?? from)
        // Commerce keeps whole seconds: what was placed a moment before the end has a time of the second that it is in.
        let end = CommerceTime.text(until + .milliseconds(-1))
        var groups: [[SearchCriteria.Filter]] = [
            [.init("created_at", .gteq, start)], [.init("created_at", .lteq, end)],
        ]
        if let cursor {
            groups.append([
                .init("created_at", .gt, CommerceTime.text(cursor.updatedAt)),
                .init("entity_id", .gt, String(cursor.entityID)),
            ])
        }
        let criteria = SearchCriteria(
            groups, sortedBy: [.init("created_at"), .init("entity_id")], pageSize: Self.recordPage)
        return try await search(.searchOrders, criteria) { node throws(OrderReadingError) in
            try OrderRecord(node)
        }.rows
    }

    /// The orders with these numbers; those that the shop does not know are left out. `GET /V1/orders`
    /// (`Magento_Sales::actions_view`). Safe to repeat.
    /// - Parameter incrementIDs: At most `recordPage`; none with a comma in it, as Commerce has none.
    public func orderRecords(incrementIDs: [String]) async throws -> [OrderRecord] {
        let names = Array(Set(incrementIDs.filter { !$0.contains(",") })).sorted()
        guard !names.isEmpty else { return [] }
        let found = try await searchAll(
            .searchOrders, [[.any("increment_id", of: names)]], key: { $0.order.entityID ?? 0 }
        ) { node throws(OrderReadingError) in try OrderRecord(node) }
        // The database compares without regard to case.
        return found.filter { names.contains($0.order.incrementID) }
    }

    /// Which of these numbers the shop knows; otherwise like `orderRecords`.
    public func knownOrders(incrementIDs: [String]) async throws -> Set<String> {
        let names = Array(Set(incrementIDs.filter { !$0.contains(",") })).sorted()
        guard !names.isEmpty else { return [] }
        let found = try await searchAll(
            .searchOrders, [[.any("increment_id", of: names)]], fields: "items[entity_id,increment_id],total_count",
            key: \.id
        ) { node throws(OrderReadingError) in
            let id = try node["entity_id"].required(node["entity_id"].integer(), "an order's id")
            return (id: id, number: try node["increment_id"].text() ?? "")
        }
        return Set(found.map(\.number)).intersection(names)
    }

    /// The ids of the invoices of these orders, by the order's entity id: `GET /V1/invoices`
    /// (`Magento_Sales::sales_invoice`). Safe to repeat.
    public func invoiceIDs(orderIDs: [Int]) async throws -> [Int: Set<Int>] {
        guard !orderIDs.isEmpty else { return [:] }
        let found = try await searchAll(
            .searchInvoices, [[.any("order_id", of: orderIDs.map(String.init))]],
            fields: "items[entity_id,order_id],total_count", key: \.id
        ) { node throws(OrderReadingError) in
            let id = try node["entity_id"].required(node["entity_id"].integer(), "an invoice's id")
            return (id: id, order: try node["order_id"].required(node["order_id"].integer(), "an order's id"))
        }
        return Dictionary(grouping: found, by: \.order).mapValues { Set($0.map(\.id)) }
    }
}

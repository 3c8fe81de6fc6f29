public import Foundation

/// Changes of sales orders that are in F&O. F&O takes them only while the order is open.
extension DynamicsClient {
    /// A header with all its properties; `nil` if there is none of this number.
    public func openSalesOrder(number: String, dataAreaId: String) async throws -> OpenRow? {
        try await odata.row(names.salesOrderHeaders, key: DynamicsClient.key(number, dataAreaId))
    }

    /// Changes the properties of a header that are sent, and leaves all others.
    /// - Throws: `ODataFault.notFound` if there is no such order.
    public func changeSalesOrder(
        number: String, dataAreaId: String, _ changes: some Encodable & Sendable
    ) async throws {
        let key = try DynamicsClient.key(number, dataAreaId)
        try await odata.update(names.salesOrderHeaders, key: key, changes, if: .exists)
    }

    /// Takes a line out of its order.
    /// - Returns: Whether it was there.
    @discardableResult
    public func deleteSalesOrderLine(lot: String, dataAreaId: String) async throws -> Bool {
        try await odata.delete(names.salesOrderLines, key: DynamicsClient.lineKey(lot, dataAreaId), if: .exists)
    }

    /// Lowers the ordered quantity of a line; one that is lower already stays. Nothing is done that somebody else's change
    /// in between would make wrong.
    public func lowerSalesOrderLine(lot: String, dataAreaId: String, to quantity: Decimal) async throws {
        let key = try DynamicsClient.lineKey(lot, dataAreaId)
        try await odata.revise(names.salesOrderLines, key: key, as: SalesOrderLineRow.self) { line in
            (line.OrderedSalesQuantity ?? 0) > quantity ? Quantity(OrderedSalesQuantity: quantity) : nil
        }
    }

    private struct Quantity: Encodable {
        var OrderedSalesQuantity: Decimal
    }

    private static func lineKey(_ lot: String, _ dataAreaId: String) throws(ODataFault) -> ODataKey {
        try ODataKey(["dataAreaId": dataAreaId.lowercased(), "InventoryLotId": lot])
    }
}

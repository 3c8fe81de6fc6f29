/// Taking back what was only made to see whether it can be made.
extension DynamicsClient {
    /// Deletes an open sales order that carries this number of the shop, with its lines. F&O refuses it once anything
    /// has been posted. Safe to repeat.
    /// - Returns: Whether there was one.
    @discardableResult
    public func deleteSalesOrder(
        number: String, dataAreaId: String, customersOrderReference: String
    ) async throws -> Bool {
        guard let header = try await salesOrder(number: number, dataAreaId: dataAreaId),
            header.CustomersOrderReference == customersOrderReference, header.SalesOrderStatus == .Backorder
        else { return false }
        for line in try await salesOrderLines(salesOrderNumber: number, dataAreaId: dataAreaId) {
            try await deleteSalesOrderLine(lot: line.InventoryLotId, dataAreaId: dataAreaId)
        }
        return try await odata.delete(
            names.salesOrderHeaders, key: DynamicsClient.key(number, dataAreaId), if: .exists)
    }
}

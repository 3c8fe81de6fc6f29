public import Foundation

extension DynamicsClient {
    /// - Returns: At most two return orders: one is a match, two mean that it was created twice.
    public func findReturnOrders(
        customersOrderReference: String, dataAreaId: String
    ) async throws -> [ReturnOrderHeaderRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "CustomersOrderReference", customersOrderReference)
        return try await odata.rows(names.returnOrderHeaders, where: filter, top: 2)
    }

    public func returnOrder(number: String, dataAreaId: String) async throws -> ReturnOrderHeaderRow? {
        let key = try ODataKey(["dataAreaId": dataAreaId.lowercased(), "ReturnOrderNumber": number])
        return try await odata.row(names.returnOrderHeaders, key: key)
    }

    public func createReturnOrder(_ header: some Encodable & Sendable) async throws -> ReturnOrderHeaderRow {
        try await odata.create(names.returnOrderHeaders, header)
    }

    /// - Returns: All lines, by their lots.
    public func returnOrderLines(
        returnOrderNumber: String, dataAreaId: String
    ) async throws -> [ReturnOrderLineRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "ReturnOrderNumber", returnOrderNumber)
        let lines: [ReturnOrderLineRow] = try await odata.rows(names.returnOrderLines, where: filter)
        return lines.sorted { $0.ReturnInventoryLotId < $1.ReturnInventoryLotId }
    }

    /// One after the other for one return order.
    public func createReturnOrderLine(_ line: some Encodable & Sendable) async throws -> ReturnOrderLineRow {
        try await odata.create(names.returnOrderLines, line)
    }

    /// Changes the quantity that is expected back.
    public func changeReturnOrderLine(_ line: ReturnOrderLineRow, quantity: Decimal) async throws {
        let key = try ODataKey([
            "dataAreaId": line.dataAreaId, "ReturnOrderNumber": line.ReturnOrderNumber,
            "ReturnInventoryLotId": line.ReturnInventoryLotId,
        ])
        try await odata.update(
            names.returnOrderLines, key: key, ["ReturnSalesQuantity": quantity], if: .exists)
    }
}

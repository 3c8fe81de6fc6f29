import Commerce
import Dynamics
import Relay

/// From F&O's side: sales orders of the shop that the shop does not know.
extension PlatformLook {
    /// - Parameter rows: At most `CommerceClient.recordPage`.
    func strays(among rows: [SalesOrderOverviewRow]) async throws -> [Difference] {
        var own: [SalesOrder] = []
        for row in rows where try await isOurs(row) { own.append(SalesOrder(row)) }
        let known = try await commerce.knownOrders(incrementIDs: own.map(\.reference))
        return own.filter { !known.contains($0.reference) && !$0.isCanceled }.map(Self.stray)
    }

    /// Other people enter references into F&O as well, so one alone proves nothing.
    private func isOurs(_ row: SalesOrderOverviewRow) async throws -> Bool {
        guard let reference = row.CustomersOrderReference, !reference.isEmpty else { return false }
        if let origin = policy.orders.salesOrderOrigin, row.SalesOrderOriginCode == origin { return true }
        let key = LinkKey(kind: "order", scope: row.dataAreaId.lowercased(), key: reference)
        return try await inspection.value(of: key) == row.SalesOrderNumber
    }

    private static func stray(_ salesOrder: SalesOrder) -> Difference {
        Difference(
            code: .unknownToCommerce, dataAreaID: salesOrder.dataAreaID, record: salesOrder.number,
            dynamics: "\(salesOrder.reference), \(salesOrder.processing)",
            text: "Sales order \(salesOrder.number) in \(salesOrder.dataAreaID) is of order \(salesOrder.reference), "
                + "which Commerce does not know.",
            advice: "See whether commerce.baseURL is the shop that it came from, and whether the order was deleted "
                + "there; cancel the sales order in F&O if so.")
    }
}

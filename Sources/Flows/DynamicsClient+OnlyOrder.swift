import Dynamics
import Relay

extension DynamicsClient {
    /// The number of the one sales order that carries the reference; `nil` if there is none.
    /// - Throws: A `Verdict` that parks where several do: which of them is meant, a person has to say.
    func onlySalesOrder(reference: String, in dataAreaID: String) async throws -> String? {
        let found = try await findSalesOrders(customersOrderReference: reference, dataAreaId: dataAreaID)
        guard found.count <= 1 else {
            throw Verdict.park(
                "ambiguous-sales-order",
                "\(found.count) sales orders in \(dataAreaID) carry CustomersOrderReference \(reference): "
                    + "\(found.map(\.SalesOrderNumber).joined(separator: ", ")).",
                advice: "Cancel or renumber all but one in F&O, then replay the event.")
        }
        return found.first?.SalesOrderNumber
    }
}

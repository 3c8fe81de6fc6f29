import Commerce
import Dynamics
import JSON
import Relay

/// An order of the shop with its sales order: what payments, refunds and returns begin with.
struct CarriedOrder: Sendable {
    let order: CommerceOrder
    /// Lower case.
    let dataAreaID: String
    let salesOrder: SalesOrderHeaderRow

    /// Whether the sales order is in the website's base currency, and not in the one that the customer paid in
    /// (`orders.currency: base`).
    var isInBaseCurrency: Bool {
        guard let currency = salesOrder.CurrencyCode, !currency.isEmpty else { return false }
        return currency != order.currencies.order && currency == order.currencies.base
    }

    /// The total of a document of the shop in the sales order's currency, for mapping documents: `money.amount`,
    /// `money.currency`.
    func money(of document: JSONValue) -> JSONValue {
        let fields = document.objectValue ?? [:]
        guard isInBaseCurrency else {
            return ["amount": fields["grand_total"] ?? .null, "currency": .string(order.currencies.order)]
        }
        return ["amount": fields["base_grand_total"] ?? .null, "currency": .optional(order.currencies.base)]
    }

    /// - Throws: A `Verdict` that parks what would be booked in another currency than its sales order.
    func refuseBaseCurrency(_ title: String) throws(Verdict) {
        guard isInBaseCurrency else { return }
        throw .park(
            "refund-in-base-currency",
            "\(title) is in \(order.currencies.order), sales order \(salesOrder.SalesOrderNumber) in "
                + "\(salesOrder.CurrencyCode ?? "").",
            advice:
                "Enter it in F&O by hand, then skip the event: lines of returns are carried in the order's currency.")
    }

    /// Who gets the invoices.
    var invoiceAccount: String {
        [salesOrder.InvoiceCustomerAccountNumber, salesOrder.OrderingCustomerAccountNumber]
            .compactMap(\.self).first { !$0.isEmpty } ?? ""
    }

    /// - Parameter id: The order's entity id.
    /// - Throws: A `Verdict` to try again while one of the platforms does not know the order.
    static func find(
        id: Int, in context: FlowContext, _ legalEntities: LegalEntities
    ) async throws -> CarriedOrder {
        guard let order = try await context.commerce.order(entityID: id) else {
            throw Verdict.retry(
                "unknown-commerce-order", "Commerce does not know the order with the id \(id).",
                advice: "Check that the webhook or event and commerce.baseURL belong to the same shop.")
        }
        let area = legalEntities.dataAreaID(storeID: order.storeID)
        guard let salesOrder = try await salesOrder(of: order.incrementID, area, context) else {
            throw Verdict.retry(
                "order-not-carried", "Order \(order.incrementID) is no sales order in \(area) yet.",
                advice: "Look at the events of order \(order.incrementID): it has to be carried first.")
        }
        return CarriedOrder(order: order, dataAreaID: area, salesOrder: salesOrder)
    }

    /// By our own link, or by the reference that the order carried into F&O.
    private static func salesOrder(
        of incrementID: String, _ area: String, _ context: FlowContext
    ) async throws -> SalesOrderHeaderRow? {
        let key = LinkKey(kind: "order", scope: area, key: incrementID)
        if let number = try await context.links.value(of: key),
            let known = try await context.dynamics.salesOrder(number: number, dataAreaId: area)
        {
            return known
        }
        let found = try await context.dynamics.findSalesOrders(customersOrderReference: incrementID, dataAreaId: area)
        return found.count == 1 ? found.first : nil
    }
}

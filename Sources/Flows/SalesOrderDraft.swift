import Commerce
import Dynamics
import Foundation
import Relay

/// Everything that F&O will be asked to create for one order, worked out before the first call.
struct SalesOrderDraft: Sendable {
    let incrementID: String
    /// Lower case.
    let dataAreaID: String
    /// Lower case, without white space at its ends; the natural key of the customer within the legal entity.
    let email: String
    let customer: NewCustomer

    private let order: CommerceOrder
    private let profile: EntityProfile
    private let salesOrderOrigin: String?
    private let items: [SalesOrderLineDraft]
    private let delivery: DeliveryAddress?

    /// - Throws: `Verdict` or `OrderLinesError`: skips orders in a state without effect, parks what does not fit.
    init(_ order: CommerceOrder, policy: OrderPolicy) throws {
        if let state = order.state, policy.skippedStates.contains(state) {
            throw Verdict.skip(
                "order-state", "Order \(order.incrementID) is in state \(state); a later change of it is carried.")
        }
        guard order.totals.giftWrappingAmount == 0 else {
            throw Verdict.park(
                "unmapped-amount",
                "Order \(order.incrementID) charges \(order.totals.giftWrappingAmount) for gift wrapping, "
                    + "which has no place in the sales order.",
                advice: "Enter this order in F&O by hand, then skip the event.")
        }
        let dataAreaID = policy.legalEntities.dataAreaID(storeID: order.storeID)
        let profile = policy.profile(of: dataAreaID)
        let email = try OrderCustomer.email(of: order)
        self.order = order
        self.incrementID = order.incrementID
        self.dataAreaID = dataAreaID
        self.email = email
        self.profile = profile
        self.salesOrderOrigin = policy.salesOrderOrigin
        self.items = try SalesOrderLineDraft.lines(of: order, shipping: profile.shipping)
        self.delivery = try order.shippingAddress.map { try DeliveryAddress($0, order: order.incrementID) }
        self.customer = try OrderCustomer.draft(order, email: email, dataAreaID: dataAreaID, profile: profile)
    }

    /// The lines' net sum in the order's currency, shipping included if it is a line.
    var expectedNet: Decimal { items.reduce(0) { $0 + $1.net } }

    func header(account: String) -> NewSalesOrderHeader {
        var header = NewSalesOrderHeader(dataAreaId: dataAreaID, OrderingCustomerAccountNumber: account)
        header.InvoiceCustomerAccountNumber = account
        header.CurrencyCode = order.currencies.order
        header.CustomersOrderReference = incrementID
        header.CustomerRequisitionNumber = order.payment?.poNumber ?? incrementID
        header.SalesOrderOriginCode = salesOrderOrigin
        header.Email = email
        header.DefaultShippingSiteId = profile.site
        header.DefaultShippingWarehouseId = profile.warehouse
        if case .item = profile.shipping {
            // The shopper's shipping is a line; F&O must not add its own charge on top.
            header.SkipCreateAutoCharges = .Yes
        }
        delivery?.fill(&header)
        return header
    }

    func lines(salesOrderNumber: String) -> [NewSalesOrderLine] {
        items.map { item in
            var line = NewSalesOrderLine(
                dataAreaId: dataAreaID, SalesOrderNumber: salesOrderNumber, LineNumber: Decimal(item.number))
            line.ItemNumber = item.itemNumber
            line.LineDescription = item.description
            line.OrderedSalesQuantity = item.quantity
            line.SalesPrice = item.unitPrice
            line.LineDiscountAmount = item.unitDiscount == 0 ? nil : item.unitDiscount
            line.ShippingSiteId = profile.site
            line.ShippingWarehouseId = profile.warehouse
            return line
        }
    }

    /// - Throws: `Verdict` that parks, with both figures, if F&O holds something else than was ordered.
    func compare(lineCount: Int, net: Decimal, salesOrderNumber: String, tolerance: Decimal) throws {
        guard lineCount == items.count else {
            throw Verdict.park(
                "lines-differ",
                "Sales order \(salesOrderNumber) has \(lineCount) lines, order \(incrementID) has \(items.count).",
                advice: "Correct the lines in F&O, then replay the event; or skip it if they are right as they are.")
        }
        let difference = net - expectedNet
        guard difference.magnitude <= tolerance else {
            throw Verdict.park(
                "totals-differ",
                "The lines of sales order \(salesOrderNumber) add up to \(net) \(order.currencies.order), "
                    + "those of order \(incrementID) to \(expectedNet): a difference of \(difference).",
                advice: "Look for trade agreements or rounding in F&O that changed a price; correct the lines, then "
                    + "replay the event.")
        }
    }
}

import Commerce
import Foundation
import Relay

/// How far both sides have come.
extension OrderComparison {
    func notInvoiced(_ order: ShopOrder, _ salesOrder: SalesOrder) -> [Difference] {
        guard !salesOrder.invoices.isEmpty else { return invoicedInShopOnly(order, salesOrder) }
        // What is invoiced wholly, by whomever, takes no further invoice. Credit notes are no invoices.
        guard order.progress.invoiced != .all else { return [] }
        return salesOrder.invoices.filter { !$0.isInShop && $0.amount > 0 }.map { invoice in
            var difference = order.difference(.notInvoiced, salesOrder)
            difference.record = invoice.number
            difference.commerce = "invoiced: \(order.progress.invoiced.rawValue)"
            difference.dynamics = "\(invoice.number) over \(invoice.amount)"
            difference.text =
                "Invoice \(invoice.number) of sales order \(salesOrder.number) has no invoice in Commerce for order "
                + "\(order.incrementID)."
            difference.advice =
                "See the error log of business events in F&O, and which events of the sales order are parked here."
            let link = LinkKey(kind: "invoice", scope: salesOrder.dataAreaID, key: invoice.number)
            difference.repair = announce(.invoice, forgetting: invoice.linked == nil ? [] : [link])
            return difference
        }
    }

    private func invoicedInShopOnly(_ order: ShopOrder, _ salesOrder: SalesOrder) -> [Difference] {
        guard policy.shopInvoicesCount, order.progress.invoiced != .none else { return [] }
        var difference = order.difference(.notInvoiced, salesOrder)
        difference.commerce = "invoiced: \(order.progress.invoiced.rawValue)"
        difference.dynamics = salesOrder.processing
        difference.text =
            "Order \(order.incrementID) is invoiced in Commerce; sales order \(salesOrder.number) has no invoice."
        difference.advice = "Post the invoice of the sales order in F&O."
        return [difference]
    }

    func notShipped(_ order: ShopOrder, _ salesOrder: SalesOrder) -> Difference? {
        guard !order.progress.isVirtual else { return nil }
        switch (salesOrder.delivered(policy.shipping), order.progress.shipped) {
        case (.none, _), (_, .all), (.part, .part): return nil
        case (let delivered, let shipped):
            var difference = order.difference(.notShipped, salesOrder)
            difference.commerce = "shipped: \(shipped.rawValue)"
            difference.dynamics = "\(salesOrder.processing), delivered: \(delivered.rawValue)"
            difference.text =
                "Sales order \(salesOrder.number) is \(delivered == .all ? "delivered" : "delivered in part"); order "
                + "\(order.incrementID) \(shipped == .none ? "has no shipment" : "is shipped in part") in Commerce."
            difference.advice = "See which events of the sales order are parked here, or were skipped."
            difference.repair = announce(.shipment, forgetting: [])
            return difference
        }
    }

    func canceledInDynamics(_ order: ShopOrder, _ salesOrder: SalesOrder) -> Difference {
        var difference = order.difference(.wrongState, salesOrder)
        difference.commerce = order.state
        difference.dynamics = "Canceled"
        difference.text =
            "Sales order \(salesOrder.number) is cancelled in F&O; order \(order.incrementID) is "
            + "\(order.state ?? "without a state") in Commerce."
        difference.advice = "Cancel or refund the order in Commerce, or enter it in F&O once more."
        difference.repair = announce(.cancellation, forgetting: [])
        return difference
    }

    /// F&O would still deliver it.
    func endedInShop(_ order: ShopOrder, _ salesOrder: SalesOrder) -> Difference {
        var difference = order.difference(.wrongState, salesOrder)
        difference.commerce = order.state
        difference.dynamics = salesOrder.processing
        difference.text =
            "Order \(order.incrementID) is \(order.state ?? "ended") in Commerce; sales order \(salesOrder.number) "
            + "is still open in F&O and may be delivered."
        difference.advice = "Cancel the sales order in F&O unless the goods have left already."
        difference.repair = .takeIn(forgetting: [])
        return difference
    }

    private func announce(
        _ what: ReconciliationPolicy.Announcement, forgetting links: [LinkKey]
    ) -> Difference.Repair? {
        policy.announcements.contains(what) ? .announce(what, forgetting: links) : nil
    }
}

extension ShopOrder {
    /// Says nothing yet.
    func difference(_ code: Difference.Code, _ salesOrder: SalesOrder?) -> Difference {
        Difference(
            code: code, incrementID: incrementID, dataAreaID: salesOrder?.dataAreaID ?? dataAreaID,
            record: salesOrder?.number, text: "")
    }
}

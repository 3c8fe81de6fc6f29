import Commerce
import Foundation
import Relay

/// Compares one order of the shop with what F&O has of it. Pure.
struct OrderComparison: Sendable {
    enum Result: Sendable, Equatable {
        case agreed
        case underWay
        /// Not carried, by policy or because a person said so.
        case excused
        case differs([Difference])

        var differences: [Difference] { if case .differs(let found) = self { found } else { [] } }
    }

    /// What this gateway knows of an order.
    struct Knowledge: Sendable, Equatable {
        /// Of what came from the shop.
        var order = Carriage.neverReceived
        /// Of what came from F&O, by sales order.
        var salesOrders: [String: Carriage] = [:]
    }

    let policy: ReconciliationPolicy

    /// - Parameters:
    ///   - salesOrders: All that carry the order's number, in any legal entity.
    ///   - knowledge: Can be left out to see whether anything differs at all.
    func compare(
        _ order: ShopOrder, _ salesOrders: [SalesOrder], _ knowledge: Knowledge = Knowledge()
    ) -> Result {
        let living = salesOrders.filter { !$0.isCanceled }
        if living.count > 1 { return .differs([doubled(order, living)]) }
        guard let salesOrder = living.first ?? salesOrders.last else { return missing(order, knowledge.order) }
        let found =
            salesOrder.isCanceled
            ? order.isEnded ? [] : [canceledInDynamics(order, salesOrder)] : differences(order, salesOrder)
        let left = found.compactMap { inLight(of: knowledge, $0, salesOrder) }
        if left.isEmpty { return found.isEmpty ? .agreed : .underWay }
        return .differs(left)
    }

    /// What is being carried differs until it is, and what is parked is mended by its replay.
    private func inLight(
        of knowledge: Knowledge, _ difference: Difference, _ salesOrder: SalesOrder
    ) -> Difference? {
        let isFromShop = [.differentTotal, .numberNotWrittenBack].contains(difference.code)
        let carriage = isFromShop ? knowledge.order : knowledge.salesOrders[salesOrder.number] ?? .neverReceived
        switch carriage {
        case .underWay: return nil
        case .parked(let event, let reason):
            var parked = difference
            parked.text += " Event \(event) is parked (\(reason.code))."
            parked.advice = reason.advice ?? difference.advice
            parked.repair = .replay(event)
            return parked
        case .neverReceived, .skipped, .carried: return difference
        }
    }

    private func differences(_ order: ShopOrder, _ salesOrder: SalesOrder) -> [Difference] {
        if order.isEnded { return salesOrder.isOpen ? [endedInShop(order, salesOrder)] : [] }
        return [numberNotWrittenBack(order, salesOrder), differentTotal(order, salesOrder)].compactMap(\.self)
            + notInvoiced(order, salesOrder) + [notShipped(order, salesOrder)].compactMap(\.self)
    }

    private func missing(_ order: ShopOrder, _ carriage: Carriage) -> Result {
        if order.isSkipped || order.isEnded { return .excused }
        var difference = order.difference(.missing, nil)
        difference.commerce = "\(order.state ?? "no state"), \(order.total)"
        let lead = "Order \(order.incrementID) over \(order.total) has no sales order in \(order.dataAreaID): "
        switch carriage {
        case .underWay: return .underWay
        case .skipped(_, let reason) where reason.code == Carriage.byOperator: return .excused
        case .parked(let event, let reason):
            difference.text = lead + "event \(event) is parked (\(reason.code)). \(reason.message)"
            difference.advice = reason.advice ?? "Mend the cause, then repair: the event is replayed."
            difference.repair = .replay(event)
        case .skipped(let event, let reason):
            difference.text = lead + "event \(event) was skipped (\(reason.code)). \(reason.message)"
            difference.repair = .takeIn(forgetting: [])
        case .carried(let event, let summary):
            difference.text = lead + "event \(event) made \(summary ?? "one"), which is gone."
            difference.advice = "See who deleted it in F&O before it is made once more."
            difference.repair = .takeIn(forgetting: order.links)
        case .neverReceived:
            difference.text = lead + "this gateway has never heard of it."
            difference.advice = "See whether the shop's webhooks or events are on and reach this gateway."
            // An event that is not kept any more may have left its links.
            difference.repair = .takeIn(forgetting: order.links)
        }
        return .differs([difference])
    }

    private func doubled(_ order: ShopOrder, _ salesOrders: [SalesOrder]) -> Difference {
        let numbers = salesOrders.map { "\($0.dataAreaID)/\($0.number)" }.sorted().joined(separator: ", ")
        var difference = order.difference(.doubled, nil)
        difference.commerce = order.extOrderID
        difference.dynamics = numbers
        difference.text = "Order \(order.incrementID) has \(salesOrders.count) sales orders: \(numbers)."
        difference.advice =
            "Keep the one that the order carries (ext_order_id: \(order.extOrderID ?? "none")), and cancel or delete "
            + "the others in F&O before they are delivered."
        return difference
    }

    /// By the same rules as the flow that carried it.
    private func differentTotal(_ order: ShopOrder, _ salesOrder: SalesOrder) -> Difference? {
        guard let draft = order.expected.draft, let text = differenceOf(draft, salesOrder) else { return nil }
        var difference = order.difference(.differentTotal, salesOrder)
        difference.commerce = "\(draft.sale.lines.count) lines, \(draft.sale.sum)"
        difference.dynamics = "\(salesOrder.amounts.count) lines, \(salesOrder.net)"
        difference.text = text
        difference.advice =
            "Look for lines that were changed, and for trade agreements or rounding that changed a price, in F&O."
        return difference
    }

    private func differenceOf(_ draft: SalesOrderDraft, _ salesOrder: SalesOrder) -> String? {
        do throws(Verdict) {
            return try draft.compare(
                salesOrder.lines, header: salesOrder.header, salesOrderNumber: salesOrder.number,
                policy: policy.orders)
        } catch {
            return error.reason.message
        }
    }

    private func numberNotWrittenBack(_ order: ShopOrder, _ salesOrder: SalesOrder) -> Difference? {
        guard order.extOrderID != salesOrder.number else { return nil }
        var difference = order.difference(.numberNotWrittenBack, salesOrder)
        difference.commerce = order.extOrderID
        difference.dynamics = salesOrder.number
        difference.text =
            "Order \(order.incrementID) is sales order \(salesOrder.number), but carries "
            + "\(order.extOrderID ?? "no number") in Commerce (ext_order_id)."
        difference.repair = .writeBack(number: salesOrder.number)
        return difference
    }
}

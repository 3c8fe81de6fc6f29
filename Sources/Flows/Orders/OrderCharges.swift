import Commerce
import Foundation
import Relay

/// The amounts of an order that are neither goods nor shipping, each where the configuration puts it.
struct OrderCharges {
    typealias Line = (kind: SalesOrderLineDraft.Kind, item: String, name: String, money: LineMoney)

    private let order: CommerceOrder
    private let policy: OrderMoney
    private let amounts: OrderAmounts

    init(_ order: CommerceOrder, _ policy: OrderMoney, _ amounts: OrderAmounts) {
        self.order = order
        self.policy = policy
        self.amounts = amounts
    }

    /// - Throws: A `Verdict` that parks what has no place in the sales order.
    func lines(_ fees: [OrderFee]) throws -> [Line] {
        let totals = amounts.totals
        var lines: [Line] = []
        if let line = try line(.giftWrapping, "gift wrapping", totals.giftWrappingAmount, policy.giftWrapping) {
            lines.append(line)
        }
        for fee in fees {
            let treatment = policy.fees[fee.name].map { OrderMoney.Treatment.item($0) } ?? .park
            if let line = try line(.fee, fee.label, try amounts.amount(fee), treatment) { lines.append(line) }
        }
        let payments = [
            ("gift card", totals.giftCardsAmount, policy.giftCards),
            ("store credit", totals.customerBalanceAmount, policy.storeCredit),
            ("reward points", totals.rewardCurrencyAmount, policy.rewardPoints),
        ]
        for (name, amount, treatment) in payments {
            if let line = try line(.payment, name, -amount, treatment) { lines.append(line) }
        }
        return lines
    }

    private func line(
        _ kind: SalesOrderLineDraft.Kind, _ name: String, _ amount: Decimal, _ treatment: OrderMoney.Treatment
    ) throws -> Line? {
        guard amount != 0 else { return nil }
        switch treatment {
        case .payment: return nil
        case .item(let item):
            return (kind, item, name.prefix(1).uppercased() + name.dropFirst(), LineMoney(row: amount))
        case .park:
            throw Verdict.park(
                "unmapped-amount",
                "Order \(order.incrementID) has \(amount.magnitude) \(amounts.currency) for \(name), "
                    + "which has no place in the sales order.",
                advice: "Name a service item for it in the configuration (section orders), then replay the event; or "
                    + "enter this order in F&O by hand and skip the event.")
        }
    }
}

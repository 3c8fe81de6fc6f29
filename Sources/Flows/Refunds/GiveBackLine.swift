import Commerce
import Foundation
import JSON
import Relay

/// What is given back of one line of an order, or a service item that stands for shipping, money on top or a fee.
struct GiveBackLine: Sendable, Equatable {
    /// The order line's number, which the sales order line has as well; `nil` for a service item.
    var number: Int?
    /// The shop's SKU, or the service item.
    var item: String
    var name: String
    /// Pieces; below zero for a fee that is kept.
    var quantity: Decimal
    /// Of all pieces, without tax, after discount; below zero for a fee.
    var net: Decimal
    /// The option id that a return gives for it.
    var reason: String?

    /// Of one piece, exact to more places than money has, so that the row comes out to the cent.
    var price: Decimal { (net / quantity).rounded(places: SalesOrderLineDraft.unitPlaces) }

    /// For mapping documents.
    /// - Parameter lot: Of the sales order line.
    func json(lot: String?) -> JSONValue {
        // What is null counts as nothing in mapping documents.
        [
            "item": .string(item), "name": .string(name), "quantity": .number(quantity), "price": .number(price),
            "net": .number(net), "lot": .optional(lot), "reason": .optional(reason),
            "number": number.map(JSONValue.int) ?? .null,
        ]
    }
}

extension GiveBackLine {
    /// All lines of a credit memo.
    /// - Throws: `Verdict` or `OrderLinesError`: parks what has no place in F&O, so that no money is left out.
    static func lines(
        of memo: CommerceCreditMemo, _ order: CommerceOrder, policy: RefundPolicy
    ) throws -> [GiveBackLine] {
        let orderLines = try exportLines(of: order)
        let known = Set(orderLines.compactMap(\.itemID))
        if let stranger = memo.lines.first(where: { $0.rowTotal != 0 && !known.contains($0.orderItemID) }) {
            throw Verdict.park(
                "refund-of-unknown-item",
                "\(title(memo)) gives back \(stranger.sku ?? "an item"), which order \(order.incrementID) has no line of.",
                advice: "Enter this credit in F&O by hand, then skip the event.")
        }
        var lines: [GiveBackLine] = []
        for line in orderLines {
            let parts = memo.lines.filter { $0.orderItemID == line.itemID && $0.qty > 0 }
            guard !parts.isEmpty else { continue }
            lines.append(
                GiveBackLine(
                    number: line.number, item: line.sku, name: line.name,
                    quantity: parts.reduce(0) { $0 + $1.qty }, net: parts.reduce(0) { $0 + $1.net }))
        }
        lines += try extras(of: memo, policy)
        guard !lines.isEmpty else {
            throw Verdict.skip("empty-refund", "\(title(memo)) gives nothing back.")
        }
        return lines
    }

    private static func extras(
        of memo: CommerceCreditMemo, _ policy: RefundPolicy
    ) throws(Verdict) -> [GiveBackLine] {
        let parts: [(Decimal, String?, String, String)] = [
            (memo.shippingAmount, policy.shippingItem, "shipping", "shipping"),
            (memo.adjustmentPositive, policy.extraItem, "money on top", "adjustments.refund"),
            (-memo.adjustmentNegative, policy.feeItem, "a fee that is kept", "adjustments.fee"),
        ]
        var lines: [GiveBackLine] = []
        for (amount, item, what, key) in parts where amount != 0 {
            guard let item else {
                throw .park(
                    "refund-without-item",
                    "\(title(memo)) has \(amount.magnitude) of \(what), for which there is no item.",
                    advice: "Name a service item as refunds.\(key), then replay the event.")
            }
            // Prices stay above zero; a fee goes the other way.
            let quantity: Decimal = amount < 0 ? -1 : 1
            lines.append(GiveBackLine(number: nil, item: item, name: what, quantity: quantity, net: amount))
        }
        return lines
    }

    private static func title(_ memo: CommerceCreditMemo) -> String {
        "Credit memo \(memo.incrementID ?? String(memo.entityID))"
    }
}

extension CommerceCreditMemo.Line {
    /// Without tax, after discount.
    var net: Decimal { rowTotal - discountAmount + discountTaxCompensationAmount }
}

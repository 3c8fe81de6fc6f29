import Foundation
import HTTPTypes
import JSON

/// What to give back of an order.
struct RefundRequest: Sendable {
    /// By order row; `nil` is everything that is left.
    var quantities: [Int: Decimal]?
    /// Of the shipping amount, without tax; `nil` is what is left if everything is given back, and nothing otherwise.
    var shipping: Decimal?
    var adjustmentPositive: Decimal = 0
    var adjustmentNegative: Decimal = 0

    init(_ quantities: [Int: Decimal]?, _ arguments: JSONObject) {
        self.quantities = quantities
        shipping = arguments["shipping_amount"]?.numberValue
        adjustmentPositive = arguments["adjustment_positive"]?.numberValue ?? 0
        adjustmentNegative = arguments["adjustment_negative"]?.numberValue ?? 0
    }
}

/// What was given back, with its money in one currency.
struct RefundTotals: Sendable {
    struct Row: Sendable {
        let item: CommerceOrder.Item
        let quantity: Decimal
        let rowTotal: Decimal
        let discount: Decimal
        let tax: Decimal
    }

    var rows: [Row] = []
    var shipping: Decimal = 0
    var shippingTax: Decimal = 0
    var adjustmentPositive: Decimal = 0
    var adjustmentNegative: Decimal = 0

    var tax: Decimal { rows.reduce(shippingTax) { $0 + $1.tax } }
    var subtotal: Decimal { rows.reduce(0) { $0 + $1.rowTotal } }
    var discount: Decimal { rows.reduce(0) { $0 + $1.discount } }
    var grandTotal: Decimal { subtotal - discount + shipping + tax + adjustmentPositive - adjustmentNegative }
}

extension CommerceOrder {
    /// After the checks of Commerce's `RefundOrderValidator`.
    /// - Returns: In the order's currency, and in the website's.
    mutating func makeRefund(
        _ request: RefundRequest
    ) throws(CommerceRefusal) -> (totals: RefundTotals, base: RefundTotals) {
        let quantities = try checkedRefund(request)
        var (totals, base) = (RefundTotals(), RefundTotals())
        for index in items.indices {
            guard let quantity = quantities[items[index].itemID], quantity > 0 else { continue }
            let item = items[index]
            let isLast = item.quantityRefunded + quantity == item.quantity
            let fraction = quantity / item.quantity
            totals.add(item, quantity, items[index].amounts.giveBack(fraction, isLast: isLast))
            base.add(item, quantity, items[index].baseAmounts.giveBack(fraction, isLast: isLast))
            items[index].quantityRefunded += quantity
        }
        let left = amounts.shipping - amounts.shippingRefunded
        let shipping = request.shipping ?? (request.quantities == nil ? left : 0)
        guard shipping >= 0, shipping <= left else {
            throw .invalidRefund("Maximum shipping amount allowed to refund is: %1", "\(left)")
        }
        let rate = placed.baseToOrderRate
        totals.addShipping(shipping, of: amounts)
        base.addShipping((shipping / rate).cents, of: baseAmounts)
        totals.adjustmentPositive = request.adjustmentPositive
        totals.adjustmentNegative = request.adjustmentNegative
        base.adjustmentPositive = (request.adjustmentPositive / rate).cents
        base.adjustmentNegative = (request.adjustmentNegative / rate).cents
        guard totals.grandTotal >= 0, amounts.refunded + totals.grandTotal <= amounts.invoiced else {
            throw .invalidRefund(
                "The most money available to refund is %1.", "\(amounts.invoiced - amounts.refunded)")
        }
        amounts.refunded += totals.grandTotal
        amounts.shippingRefunded += shipping
        if !canInvoice, !items.contains(where: { $0.quantityToRefund > 0 }) {
            state = "closed"
            status = "closed"
        }
        return (totals, base)
    }

    private func checkedRefund(_ request: RefundRequest) throws(CommerceRefusal) -> [Int: Decimal] {
        let isOnlyMoney = request.quantities?.isEmpty == true && amounts.refunded < amounts.invoiced
        guard isOnlyMoney || items.contains(where: { $0.quantityToRefund > 0 }), state != "holded" else {
            throw .invalidRefund("A creditmemo can not be created when an order has a status of %1", status)
        }
        guard let asked = request.quantities else {
            return Dictionary(uniqueKeysWithValues: items.map { ($0.itemID, $0.quantityToRefund) })
        }
        for (itemID, quantity) in asked {
            guard let item = items.first(where: { $0.itemID == itemID }) else {
                throw .invalidRefund(
                    "The creditmemo contains product SKU \"%1\" that is not part of the original order.",
                    String(itemID))
            }
            guard quantity >= 0, quantity <= item.quantityToRefund else {
                throw .invalidRefund(
                    "The quantity to creditmemo must not be greater than the unrefunded quantity for product "
                        + "SKU \"%1\".", item.sku)
            }
        }
        return asked
    }
}

extension RowAmounts {
    /// A part of the row; the last part takes the rest, so that all credit memos add up to the row.
    fileprivate mutating func giveBack(
        _ fraction: Decimal, isLast: Bool
    ) -> (rowTotal: Decimal, discount: Decimal, tax: Decimal) {
        let share = (
            rowTotal: isLast ? rowTotal - rowRefunded : (rowTotal * fraction).cents,
            discount: isLast ? discount - discountRefunded : (discount * fraction).cents,
            tax: isLast ? tax - taxRefunded : (tax * fraction).cents
        )
        rowRefunded += share.rowTotal
        discountRefunded += share.discount
        taxRefunded += share.tax
        return share
    }
}

extension RefundTotals {
    fileprivate mutating func add(
        _ item: CommerceOrder.Item, _ quantity: Decimal, _ share: (rowTotal: Decimal, discount: Decimal, tax: Decimal)
    ) {
        rows.append(
            Row(
                item: item, quantity: quantity, rowTotal: share.rowTotal, discount: share.discount, tax: share.tax))
    }

    fileprivate mutating func addShipping(_ amount: Decimal, of amounts: OrderAmounts) {
        shipping = amount
        shippingTax = amounts.shipping == 0 ? 0 : (amounts.shippingTax * amount / amounts.shipping).cents
    }

    /// - Parameter prefix: Empty for the order's currency, `base_` for the website's.
    func rest(prefix: String) -> JSONObject {
        [
            prefix + "subtotal": .number(subtotal), prefix + "discount_amount": .number(-discount),
            prefix + "shipping_amount": .number(shipping), prefix + "shipping_tax_amount": .number(shippingTax),
            prefix + "tax_amount": .number(tax), prefix + "adjustment_positive": .number(adjustmentPositive),
            prefix + "adjustment_negative": .number(adjustmentNegative),
            prefix + "adjustment": .number(adjustmentPositive - adjustmentNegative),
            prefix + "grand_total": .number(grandTotal),
        ]
    }
}

extension RefundTotals.Row {
    var rest: JSONObject {
        [
            "order_item_id": .int(item.itemID), "sku": .string(item.sku), "name": .string(item.name),
            "qty": .number(quantity), "price": .number(item.amounts.price), "row_total": .number(rowTotal),
            "discount_amount": .number(discount), "tax_amount": .number(tax),
            "discount_tax_compensation_amount": 0,
        ]
    }
}

extension CommerceRefusal {
    static func invalidRefund(_ message: String, _ parameters: String...) -> CommerceRefusal {
        CommerceRefusal(
            status: .badRequest, message: "Creditmemo Document Validation Error(s):\n" + message,
            parameters: parameters.isEmpty ? nil : .array(parameters.map(JSONValue.string)))
    }
}

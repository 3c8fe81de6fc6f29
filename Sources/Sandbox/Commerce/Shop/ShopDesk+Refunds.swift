import Foundation
import HTTPTypes
import JSON

extension ShopDesk {
    static let refundHandlers: [String: Handler] = [
        "GET /V1/creditmemos": searching(.creditMemos),
        "GET /V1/creditmemo/{id}/comments": commenting(.creditMemos),
        "POST /V1/order/{orderId}/refund": { desk, call throws(CommerceRefusal) in
            try desk.refund(orderID: try call.id("orderId"), invoiceID: nil, isOnline: false, call)
        },
        "POST /V1/invoice/{invoiceId}/refund": { desk, call throws(CommerceRefusal) in
            guard let invoice = desk.book.invoice(entityID: try call.id("invoiceId")) else { throw .noSuchEntity }
            let isOnline = call.body["isOnline"]?.boolValue ?? false
            guard !isOnline || invoice.state == 2 else { throw .invalidRefund("The invoice is not paid.") }
            return try desk.refund(
                orderID: invoice.orderID, invoiceID: invoice.entityID, isOnline: isOnline, call)
        },
    ]

    /// Payments without a provider that money could go back through.
    private static let offlinePayments: Set = [
        "checkmo", "purchaseorder", "banktransfer", "cashondelivery", "companycredit", "free",
    ]

    private func refund(
        orderID: Int, invoiceID: Int?, isOnline: Bool, _ call: ShopCall
    ) throws(CommerceRefusal) -> JSONValue {
        let arguments = call.object("arguments")
        let refund = try book.change(entityID: orderID) { order throws(CommerceRefusal) in
            guard isOnline != Self.offlinePayments.contains(order.placed.paymentMethod) else {
                throw .invalidRefund("The order's payment can't be refunded this way.")
            }
            return try order.refund(call.quantities, arguments)
        }
        let record: JSONObject = [
            "order_id": .int(orderID), "invoice_id": invoiceID.map(JSONValue.int) ?? .null, "state": 3,
            "created_at": .string(date), "updated_at": .string(date), "grand_total": .number(refund.total),
            "adjustment_positive": arguments["adjustment_positive"] ?? 0,
            "adjustment_negative": arguments["adjustment_negative"] ?? 0,
            "shipping_amount": .number(refund.shipping),
            "items": .array(
                refund.quantities.sorted { $0.key < $1.key }.map { item in
                    ["order_item_id": .int(item.key), "qty": .number(item.value)]
                }),
            "comments": .array(call.comment.map { [["comment": .string($0), "is_visible_on_front": 0]] } ?? []),
        ]
        let id = try number(shelves.add(.creditMemos, record), .creditMemos, "3")
        note(.creditMemo(comment: call.comment ?? ""), orderID: orderID)
        return .int(id)
    }
}

extension CommerceOrder {
    fileprivate struct Refund {
        var quantities: [Int: Decimal]
        var shipping: Decimal
        var total: Decimal
    }

    /// After the checks of Commerce's `RefundOrderValidator`.
    fileprivate mutating func refund(
        _ asked: [Int: Decimal]?, _ arguments: JSONObject
    ) throws(CommerceRefusal) -> Refund {
        guard items.contains(where: { $0.quantityToRefund > 0 }), state != "holded" else {
            throw .invalidRefund("A creditmemo can not be created when an order has a status of %1", status)
        }
        var quantities = Dictionary(uniqueKeysWithValues: items.map { ($0.itemID, $0.quantityToRefund) })
        if let asked {
            for (itemID, quantity) in asked {
                guard let item = items.first(where: { $0.itemID == itemID }) else {
                    throw .invalidRefund(
                        "The creditmemo contains product SKU \"%1\" that is not part of the original order.",
                        String(itemID))
                }
                guard quantity > 0, quantity <= item.quantityToRefund else {
                    throw .invalidRefund(
                        "The quantity to creditmemo must not be greater than the unrefunded quantity for product "
                            + "SKU \"%1\".", item.sku)
                }
            }
            quantities = asked
        }
        quantities = quantities.filter { $0.value > 0 }
        var goods: Decimal = 0
        for index in items.indices {
            let quantity = quantities[items[index].itemID] ?? 0
            items[index].quantityRefunded += quantity
            let row = items[index].amounts
            goods += ((row.rowTotal - row.discount + row.tax) * quantity / max(items[index].quantity, 1)).cents
        }
        let shipping = arguments["shipping_amount"]?.numberValue ?? (asked == nil ? amounts.shippingInclTax : 0)
        let total =
            goods + shipping + (arguments["adjustment_positive"]?.numberValue ?? 0)
            - (arguments["adjustment_negative"]?.numberValue ?? 0)
        guard total >= 0, total <= amounts.invoiced + (arguments["adjustment_positive"]?.numberValue ?? 0) else {
            throw .invalidRefund("The most money available to refund is %1.", "\(amounts.invoiced)")
        }
        if !canInvoice, !items.contains(where: { $0.quantityToRefund > 0 }) {
            state = "closed"
            status = "closed"
        }
        return Refund(quantities: quantities, shipping: shipping, total: total)
    }
}

extension CommerceRefusal {
    fileprivate static func invalidRefund(_ message: String, _ parameters: String...) -> CommerceRefusal {
        CommerceRefusal(
            status: .badRequest, message: "Creditmemo Document Validation Error(s):\n" + message,
            parameters: parameters.isEmpty ? nil : .array(parameters.map(JSONValue.string)))
    }
}

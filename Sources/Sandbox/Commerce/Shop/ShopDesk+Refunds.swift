import Foundation
import JSON

extension ShopDesk {
    static let refundHandlers: [String: Handler] = [
        "GET /V1/creditmemos": searching(.creditMemos),
        "GET /V1/creditmemo/{id}": reading(.creditMemos, by: "id"),
        "GET /V1/creditmemo/{id}/comments": commenting(.creditMemos),
        "POST /V1/order/{orderId}/refund": { desk, call throws(CommerceRefusal) in
            .int(try desk.refund(orderID: try call.id("orderId"), invoiceID: nil, isOnline: false, call))
        },
        "POST /V1/invoice/{invoiceId}/refund": { desk, call throws(CommerceRefusal) in
            .int(try desk.refundInvoice(try call.id("invoiceId"), call))
        },
    ]

    /// Payments without a provider that money could go back through.
    private static let offlinePayments: Set = [
        "checkmo", "purchaseorder", "banktransfer", "cashondelivery", "companycredit", "free",
    ]

    private func refundInvoice(_ id: Int, _ call: ShopCall) throws(CommerceRefusal) -> Int {
        guard let invoice = book.invoice(entityID: id) else { throw .noSuchEntity }
        let isOnline = call.body["isOnline"]?.boolValue ?? false
        guard !isOnline || invoice.state == 2 else { throw .invalidRefund("The invoice is not paid.") }
        try refuseMoreThanInvoiced(invoice, call)
        return try refund(orderID: invoice.orderID, invoiceID: id, isOnline: isOnline, call)
    }

    /// Of one invoice no more is given back than it invoiced.
    private func refuseMoreThanInvoiced(_ invoice: CommerceInvoice, _ call: ShopCall) throws(CommerceRefusal) {
        var left = Dictionary(invoice.items.map { ($0.orderItemID, $0.quantity) }, uniquingKeysWith: +)
        for memo in shelves[.creditMemos] where memo["invoice_id"]?.intValue == invoice.entityID {
            for item in memo["items"]?.arrayValue ?? [] {
                guard let id = item.objectValue?["order_item_id"]?.intValue else { continue }
                left[id, default: 0] -= item.objectValue?["qty"]?.numberValue ?? 0
            }
        }
        for (itemID, quantity) in call.quantities ?? [:] where quantity > left[itemID] ?? 0 {
            throw .invalidRefund(
                "The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU \"%1\".",
                String(itemID))
        }
    }

    /// - Returns: The credit memo's entity id.
    func refund(orderID: Int, invoiceID: Int?, isOnline: Bool, _ call: ShopCall) throws(CommerceRefusal) -> Int {
        let request = RefundRequest(call.isOnlyMoney ? [:] : call.quantities, call.object("arguments"))
        let (order, totals, base) = try book.change(entityID: orderID) { order throws(CommerceRefusal) in
            guard isOnline != Self.offlinePayments.contains(order.placed.paymentMethod) else {
                throw .invalidRefund("The order's payment can't be refunded this way.")
            }
            let (totals, base) = try order.makeRefund(request)
            return (order, totals, base)
        }
        var record: JSONObject = [
            "order_id": .int(orderID), "invoice_id": invoiceID.map(JSONValue.int) ?? .null, "state": 2,
            "store_id": .int(order.placed.storeID), "created_at": .string(date), "updated_at": .string(date),
            "order_currency_code": .string(order.placed.currency),
            "base_currency_code": .string(order.placed.baseCurrency ?? order.placed.currency),
            "items": .array(totals.rows.map { .object($0.rest) }),
            "comments": .array(call.comment.map { [["comment": .string($0), "is_visible_on_front": 0]] } ?? []),
        ]
        record.append(contentsOf: totals.rest(prefix: ""))
        record.append(contentsOf: base.rest(prefix: "base_"))
        let id = try number(shelves.add(.creditMemos, record), .creditMemos, "3")
        note(.creditMemo(comment: call.comment ?? ""), orderID: orderID)
        return id
    }
}

extension ShopCall {
    /// An adjustment without items: money without goods. Commerce takes an empty list of items for "all", so people
    /// name an item with quantity 0.
    fileprivate var isOnlyMoney: Bool {
        guard let quantities else { return false }
        return quantities.values.allSatisfy { $0 == 0 }
    }
}

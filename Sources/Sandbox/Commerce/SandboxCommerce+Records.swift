public import Foundation
import HTTPClient
import JSON

/// Documents and returns that people make in the shop, and the webhooks that tell of them.
extension SandboxCommerce {
    /// A person or a payment provider invoices an order. Sends the invoice's webhook.
    /// - Parameters:
    ///   - items: Quantity by SKU; `nil` is everything that is left.
    ///   - isCaptured: Whether the money came.
    /// - Returns: The invoice's entity id.
    @discardableResult
    public func makeInvoice(
        incrementID: String, items: [String: Decimal]? = nil, isCaptured: Bool = true
    ) async throws(SandboxError) -> Int {
        let order = try stored(incrementID)
        let request = InvoiceRequest(quantities: order.quantities(items), isCaptured: isCaptured)
        let invoice = try Self.allowed { () throws(CommerceRefusal) in
            try desk.book.addInvoice(orderID: order.entityID, request)
        }
        try await send(.invoice(invoice.entityID))
        return invoice.entityID
    }

    /// The money of an open invoice has come. Sends the invoice's webhook.
    public func payInvoice(entityID: Int) async throws(SandboxError) {
        _ = try Self.allowed { () throws(CommerceRefusal) in try desk.book.captureInvoice(entityID: entityID) }
        try await send(.invoice(entityID))
    }

    /// A person gives money back in the shop's back end. Sends the credit memo's webhook.
    /// - Parameters:
    ///   - items: Quantity by SKU; `nil` is everything that is left, and none is money without goods.
    ///   - shipping: Without tax.
    ///   - onlineInvoice: The invoice whose payment goes back through its provider.
    /// - Returns: The credit memo's entity id.
    @discardableResult
    public func refund(
        incrementID: String, items: [String: Decimal]? = nil, shipping: Decimal? = nil,
        adjustmentPositive: Decimal = 0, adjustmentNegative: Decimal = 0, onlineInvoice: Int? = nil
    ) async throws(SandboxError) -> Int {
        let order = try stored(incrementID)
        let quantities = items.map { $0.isEmpty ? order.noQuantities : order.quantities($0) ?? [:] }
        let rows = quantities.map { quantities in
            quantities.map { JSONValue.object(["order_item_id": .int($0.key), "qty": .number($0.value)]) }
        }
        var arguments: JSONObject = [
            "adjustment_positive": .number(adjustmentPositive), "adjustment_negative": .number(adjustmentNegative),
        ]
        if let shipping { arguments["shipping_amount"] = .number(shipping) }
        let call = ShopCall(
            name: "refund", values: [:], query: nil,
            body: ["items": .array(rows ?? []), "arguments": .object(arguments)], store: nil)
        let id = try Self.allowed { () throws(CommerceRefusal) in
            try desk.refund(
                orderID: order.entityID, invoiceID: onlineInvoice, isOnline: onlineInvoice != nil, call)
        }
        try await send(.creditMemo(id))
        return id
    }

    /// The shopper has all goods. Sends nothing.
    public func shipAll(incrementID: String) throws(SandboxError) {
        let order = try stored(incrementID)
        _ = try Self.allowed { () throws(CommerceRefusal) in
            try desk.book.update(entityID: order.entityID) { order in
                for index in order.items.indices {
                    order.items[index].quantityShipped += order.items[index].quantityToShip
                }
                order.moveOn()
            }
        }
    }

    /// A shopper asks to return something. Sends the return's webhook.
    /// - Parameters:
    ///   - items: Whole pieces by SKU; the order must have been shipped.
    ///   - reason: The id of an option of the return's attribute.
    /// - Returns: The return's entity id.
    @discardableResult
    public func requestReturn(
        incrementID: String, items: [String: Int], reason: String = "21", status: String = "pending"
    ) async throws(SandboxError) -> Int {
        let order = try stored(incrementID)
        let rows: [JSONValue] = items.sorted { $0.key < $1.key }.compactMap { sku, quantity in
            guard let row = order.items.first(where: { $0.sku == sku && $0.isInvoiceable }) else { return nil }
            return [
                "order_item_id": .int(row.itemID), "qty_requested": .int(quantity), "reason": .string(reason),
                "condition": "7", "resolution": "5", "status": .string(status),
            ]
        }
        let record: JSONObject = [
            "order_id": .int(order.entityID), "order_increment_id": .string(incrementID),
            "store_id": .int(order.placed.storeID), "date_requested": .string(desk.date),
            "status": .string(status), "items": .array(rows),
        ]
        let id = try Self.allowed { () throws(CommerceRefusal) in try desk.addReturn(record) }
        try await send(.return(id))
        return id
    }

    /// A person decides about a return. Sends its webhook.
    /// - Parameter authorized: Pieces by SKU; `nil` authorizes all that was asked for.
    public func decideReturn(
        entityID: Int, status: String, authorized: [String: Int]? = nil
    ) async throws(SandboxError) {
        _ = try Self.allowed { () throws(CommerceRefusal) in
            try desk.shelves.update(.returns, id: entityID) { record throws(CommerceRefusal) in
                record["status"] = .string(status)
                let order = desk.book.order(entityID: record["order_id"]?.intValue ?? 0)
                record["items"] = .array(
                    (record["items"]?.arrayValue ?? []).map { item in
                        let row = order?.items.first { $0.itemID == item.objectValue?["order_item_id"]?.intValue }
                        let asked = item.objectValue?["qty_requested"] ?? 0
                        let quantity = authorized.map { JSONValue.int($0[row?.sku ?? ""] ?? 0) } ?? asked
                        return item.merging(["qty_authorized": quantity, "status": .string(status)])
                    })
            }
        }
        try await send(.return(entityID))
    }

    /// Sends the webhook of a record as it is now, again if it was sent before.
    func send(_ news: ShopNews) async throws(SandboxError) {
        switch news {
        case .order(let id):
            guard let order = desk.book.order(entityID: id) else { return }
            _ = try await sendWebhook(incrementID: order.incrementID)
        case .invoice(let id):
            try await post("invoice", "invoice", "sales_order_invoice", desk.book.invoice(entityID: id)?.rest)
        case .creditMemo(let id):
            let memo = try? desk.shelves.record(.creditMemos, id: id)
            try await post("creditmemo", "creditmemo", "sales_order_creditmemo", memo)
        case .return(let id):
            try await post("return", "rma", "rma", try? desk.shelves.record(.returns, id: id))
        case .record(let kind, let id):
            try await sendWebhook(kind, id: id)
        }
    }

    /// Without an address nothing is sent: nothing is hooked.
    private func post(_ kind: String, _ member: String, _ model: String, _ record: JSONObject?)
        async throws(SandboxError)
    {
        guard let record, hasWebhookURL else { return }
        let body = JSONWriter.bytes(
            [
                "subject": [], "eventName": .string("\(model)_save_commit_after"),
                "data": [member: .object(record)],
            ], style: .php)
        _ = try await post(body, kind: kind)
    }

    private func stored(_ incrementID: String) throws(SandboxError) -> CommerceOrder {
        guard let order = desk.book.order(incrementID: incrementID) else {
            throw .unknownOrder(incrementID: incrementID)
        }
        return order
    }

    private static func allowed<Result>(
        _ body: () throws(CommerceRefusal) -> Result
    ) throws(SandboxError) -> Result {
        do throws(CommerceRefusal) { return try body() } catch { throw .refused(error.message) }
    }
}

extension CommerceOrder {
    fileprivate func quantities(_ items: [String: Decimal]?) -> [Int: Decimal]? {
        items.map { wanted in
            var quantities: [Int: Decimal] = [:]
            for row in self.items where row.isInvoiceable {
                if let quantity = wanted[row.sku] { quantities[row.itemID] = quantity }
            }
            return quantities
        }
    }

    /// As people write "no goods": an item with quantity 0.
    fileprivate var noQuantities: [Int: Decimal] {
        items.first(where: \.isInvoiceable).map { [$0.itemID: 0] } ?? [:]
    }
}

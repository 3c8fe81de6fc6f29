import HTTPTypes
import JSON
import Relay

extension CommerceClient {
    /// All invoices of an order, each with its comments: `GET /V1/invoices`, `GET /V1/invoices/{id}/comments`
    /// (`Magento_Sales::sales_invoice`). Safe to repeat.
    ///
    /// Lists may come without comments, so those are asked for one by one; an invoice is told from another by the
    /// ERP's number in them.
    public func invoices(orderID: Int) async throws -> [CommerceInvoice] {
        var invoices = try await searchAll(
            .searchInvoices, [[.init("order_id", .eq, String(orderID))]], key: \.entityID
        ) { node throws(OrderReadingError) in try CommerceInvoice(node) }
        for index in invoices.indices where invoices[index].comments.isEmpty {
            invoices[index].comments = try await comments(.invoiceComments, invoices[index].entityID)
        }
        return invoices
    }

    /// `GET /V1/invoices/{id}` (`Magento_Sales::sales_invoice`). Safe to repeat.
    /// - Returns: `nil` if the shop has no such invoice. The comments may be left out.
    public func invoice(id: Int) async throws -> CommerceInvoice? {
        try await existing(.invoice, id) { node throws(OrderReadingError) in try CommerceInvoice(node) }
    }

    /// Creates an invoice by the service that also moves the order's state: `POST /V1/order/{orderId}/invoice`
    /// (`Magento_Sales::invoice`). Not safe to repeat: look for its effect in `invoices` first.
    /// - Parameters:
    ///   - orderID: The order's entity id; an increment id is answered with 404 or 500 (magento2#36814).
    ///   - items: `nil` invoices all that is not invoiced yet.
    ///   - capture: Takes the payment now, online; otherwise the invoice stays open.
    ///   - notify: Sends the customer an e-mail.
    ///   - comment: For the merchant's eyes.
    /// - Returns: The invoice's entity id.
    public func createInvoice(
        orderID: Int, items: [InvoicedItem]? = nil, capture: Bool, notify: Bool, comment: String? = nil
    ) async throws -> Int {
        let body = JSONValue.members([
            "appendComment": .bool(comment != nil), "capture": .bool(capture),
            "comment": comment.map(documentComment),
            "items": items.map { .array($0.map(\.json)) }, "notify": .bool(notify),
        ])
        return try await orderLocks.withLock(orderID) {
            try await identifier(.invoiceOrder, await call(.invoiceOrder, orderID, body: body))
        }
    }

    /// Takes the payment of an open invoice: `POST /V1/invoices/{id}/capture` (`Magento_Sales::sales_invoice`). Not
    /// safe to repeat: the invoice's `state` is `paid` afterwards.
    /// - Parameter orderID: Whose invoice it is.
    public func captureInvoice(invoiceID: Int, orderID: Int) async throws {
        _ = try await orderLocks.withLock(orderID) { try await call(.captureInvoice, invoiceID) }
    }

    /// The comment of an invoice, a shipment or a credit memo, for the merchant's eyes.
    func documentComment(_ text: String) -> JSONValue {
        ["comment": .string(text), "is_visible_on_front": 0]
    }
}

extension InvoicedItem {
    var json: JSONValue { ["order_item_id": .int(orderItemID), "qty": .number(qty)] }
}

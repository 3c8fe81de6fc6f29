import HTTPTypes
import JSON
import Relay

extension CommerceClient {
    private static let invoicePageSize = 50
    /// 500 invoices of one order: far beyond any real one, and an end to endless lists.
    private static let mostInvoicePages = 10

    /// All invoices of an order, each with its comments. Lists may come without comments, so those are asked for
    /// one by one; an invoice is told from another by the ERP's number in them.
    public func invoices(orderID: Int) async throws -> [CommerceInvoice] {
        var invoices: [CommerceInvoice] = []
        for page in 1...CommerceClient.mostInvoicePages {
            let criteria = SearchCriteria(
                filter: ("order_id", String(orderID)), pageSize: CommerceClient.invoicePageSize, page: page)
            let total = try await answer("GET /V1/invoices") {
                let list = JSONNode(value: try await call(.get, "/invoices", query: criteria.query))
                invoices += try list["items"].list().map { node throws(OrderReadingError) in
                    try CommerceInvoice(node)
                }
                return try list["total_count"].integer() ?? 0
            }
            // Not until a page is empty: beyond the end the last page is given again (magento2#3787).
            if page * CommerceClient.invoicePageSize >= total { break }
        }
        for index in invoices.indices where invoices[index].comments.isEmpty {
            invoices[index].comments = try await comments(invoiceID: invoices[index].entityID)
        }
        return invoices
    }

    private func comments(invoiceID: Int) async throws -> [String] {
        let path = "/invoices/\(invoiceID)/comments"
        return try await answer("GET /V1\(path)") {
            try JSONNode(value: await call(.get, path))["items"].list().compactMap { try $0["comment"].text() }
        }
    }

    /// Creates an invoice by the service that also moves the order's state. Not safe to repeat: look for its effect
    /// in `invoices` first.
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
        let path = "/order/\(orderID)/invoice"
        let body = InvoiceCreation(
            capture: capture, notify: notify, appendComment: comment != nil, items: items,
            comment: comment.map { .init(comment: $0) })
        let created = try await orderLocks.withLock(orderID) { try await call(.post, path, body: body) }
        return try await answer("POST /V1\(path)") {
            let id = JSONNode(value: created)
            return try id.required(id.integer(), "the invoice's id")
        }
    }
}

/// The body of `POST /V1/order/{orderId}/invoice`.
private struct InvoiceCreation: Encodable {
    struct Comment: Encodable {
        var comment: String
        var isVisibleOnFront = 0

        enum CodingKeys: String, CodingKey {
            case comment
            case isVisibleOnFront = "is_visible_on_front"
        }
    }

    var capture: Bool
    var notify: Bool
    var appendComment: Bool
    var items: [InvoicedItem]?
    var comment: Comment?
}

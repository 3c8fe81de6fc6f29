import JSON
import Relay

extension CommerceClient {
    /// All credit memos of an order: `GET /V1/creditmemos`, `GET /V1/creditmemo/{id}/comments`
    /// (`Magento_Sales::sales_creditmemo`). Safe to repeat.
    public func creditMemos(orderID: Int) async throws -> [CommerceCreditMemo] {
        var memos = try await searchAll(
            .searchCreditMemos, [[.init("order_id", .eq, String(orderID))]], key: \.entityID
        ) { node throws(OrderReadingError) in try CommerceCreditMemo(node) }
        for index in memos.indices where memos[index].comments.isEmpty {
            memos[index].comments = try await comments(.creditMemoComments, memos[index].entityID)
        }
        return memos
    }

    /// `GET /V1/creditmemo/{id}`, `GET /V1/creditmemo/{id}/comments` (`Magento_Sales::sales_creditmemo`). Safe to
    /// repeat.
    /// - Returns: `nil` if the shop has no such credit memo.
    public func creditMemo(id: Int) async throws -> CommerceCreditMemo? {
        let found = try await existing(.creditMemo, id) { node throws(OrderReadingError) in
            try CommerceCreditMemo(node)
        }
        guard var memo = found else { return nil }
        if memo.comments.isEmpty { memo.comments = try await comments(.creditMemoComments, id) }
        return memo
    }

    /// Notes a refund whose money flows elsewhere: `POST /V1/order/{orderId}/refund` (`Magento_Sales::creditmemo`).
    /// Not safe to repeat: look for its effect in `creditMemos` first. Commerce refuses payments that are refunded
    /// online.
    /// - Returns: The credit memo's entity id.
    public func refundOrder(orderID: Int, _ refund: CommerceRefund) async throws -> Int {
        let body = refund.json(isOnline: nil)
        return try await orderLocks.withLock(orderID) {
            try await identifier(.refundOrder, await call(.refundOrder, orderID, body: body))
        }
    }

    /// Refunds what was invoiced, through the payment's provider if `isOnline`: `POST /V1/invoice/{invoiceId}/refund`
    /// (`Magento_Sales::sales_invoice`). Not safe to repeat: look for its effect in `creditMemos` first.
    /// - Parameter orderID: Whose invoice it is.
    /// - Returns: The credit memo's entity id.
    public func refundInvoice(
        invoiceID: Int, orderID: Int, _ refund: CommerceRefund, isOnline: Bool
    ) async throws -> Int {
        let body = refund.json(isOnline: isOnline)
        return try await orderLocks.withLock(orderID) {
            try await identifier(.refundInvoice, await call(.refundInvoice, invoiceID, body: body))
        }
    }
}

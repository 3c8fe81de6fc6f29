import HTTPTypes
public import JSON
import Relay

/// Writes whose bodies are made by mapping documents. What is sent is checked by Commerce alone.
extension CommerceClient {
    /// Ships an order or a part of it: `POST /V1/order/{orderId}/ship` (`Magento_Sales::ship`). Not safe to repeat:
    /// look for its effect in `shipments` first.
    /// - Returns: The shipment's entity id.
    public func ship(orderID: Int, body: JSONValue) async throws -> Int {
        try await orderLocks.withLock(orderID) {
            try await identifier(.shipOrder, await call(.shipOrder, orderID, body: body))
        }
    }

    /// Invoices an order or a part of it: `POST /V1/order/{orderId}/invoice` (`Magento_Sales::invoice`). Not safe to
    /// repeat: look for its effect in `invoices` first.
    /// - Returns: The invoice's entity id.
    public func createInvoice(orderID: Int, body: JSONValue) async throws -> Int {
        try await orderLocks.withLock(orderID) {
            try await identifier(.invoiceOrder, await call(.invoiceOrder, orderID, body: body))
        }
    }

    /// Adds a track to a shipment that exists: `POST /V1/shipment/track` (`Magento_Sales::shipment`). Not safe to
    /// repeat: look for its number in `shipments` first.
    /// - Parameter track: An entity of the schema, whose `parent_id` is the shipment.
    public func addTrack(orderID: Int, track: JSONValue) async throws {
        _ = try await orderLocks.withLock(orderID) { try await call(.addTrack, body: ["entity": track]) }
    }

    /// Adds a comment, and a status with it: `POST /V1/orders/{id}/comments` (`Magento_Sales::comment`). Not safe to
    /// repeat: look for its text in `comments` first.
    /// - Parameter history: An entity of the schema. Its status is taken unchecked and does not move the order's state
    ///   (magento2#32968).
    public func addComment(orderID: Int, history: JSONValue) async throws {
        try await orderLocks.withLock(orderID) {
            try confirmed(
                await call(.commentOrder, orderID, body: ["statusHistory": history]), .commentOrder)
        }
    }
}

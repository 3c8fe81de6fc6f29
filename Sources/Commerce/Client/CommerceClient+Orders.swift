import HTTPTypes
import JSON
import Relay

extension CommerceClient {
    /// `GET /V1/orders`, then `GET /V1/orders/{id}` (`Magento_Sales::actions_view`). Safe to repeat.
    /// - Returns: `nil` if the shop has no such order.
    /// - Throws: A `CommerceFault` that parks if several websites have one with this number.
    ///
    /// Two calls: lists may leave out parts of an order, such as its shipping assignments.
    public func order(incrementID: String) async throws -> CommerceOrder? {
        let criteria = SearchCriteria.matching(
            .init("increment_id", .eq, incrementID), pageSize: 10,
            fields: "items[entity_id,increment_id],total_count")
        let found = try await search(.searchOrders, criteria) { node throws(OrderReadingError) in
            let id = try node["entity_id"].required(node["entity_id"].integer(), "an order's id")
            return (id: id, number: try node["increment_id"].text())
        }
        // The database compares without regard to case.
        let ids = found.rows.filter { $0.number == incrementID }.map(\.id)
        guard ids.count <= 1 else {
            throw CommerceFault(
                kind: .rejected, call: CommerceOperation.searchOrders.rawValue,
                detail: "\(ids.count) orders have the number \(incrementID) (entity ids \(ids)).")
        }
        guard let entityID = ids.first else { return nil }
        return try await order(entityID: entityID)
    }

    /// `GET /V1/orders/{id}` (`Magento_Sales::actions_view`). Safe to repeat.
    /// - Returns: `nil` if the shop has no such order.
    public func order(entityID: Int) async throws -> CommerceOrder? {
        try await existing(.order, entityID) { node throws(OrderReadingError) in try CommerceOrder(node) }
    }

    /// Writes the ERP's number onto the order: `POST /V1/orders` (`Magento_Sales::create`). Safe to repeat.
    ///
    /// The schema asks for `customer_email`, totals and items as well. They are left out on purpose: Commerce takes
    /// a partial order, and up to 2.4.0 sending items back overwrote them (magento2#22431).
    public func setExternalOrderID(entityID: Int, incrementID: String, extOrderID: String) async throws {
        let body: JSONValue = [
            "entity": [
                "entity_id": .int(entityID), "ext_order_id": .string(extOrderID),
                "increment_id": .string(incrementID),
            ]
        ]
        _ = try await orderLocks.withLock(entityID) { try await call(.saveOrder, body: body) }
    }

    /// `GET /V1/orders/{id}/comments` (`Magento_Sales::actions_view`). Safe to repeat.
    ///
    /// Customers' and merchants' alike. Entries without text, which only mark a change of status, are left out.
    public func comments(orderID: Int) async throws -> [String] {
        try await comments(.orderComments, orderID)
    }

    /// Adds a comment that customers don't see: `POST /V1/orders/{id}/comments` (`Magento_Sales::comment`). Not safe
    /// to repeat: look for its text in `comments` first.
    /// - Parameter status: The order's own, so that the comment does not change it; read from Commerce if `nil`.
    ///   It can't be left out: older versions set the order's status to what the comment says, even if that is
    ///   nothing. Another one is taken unchecked, and does not move the order's state (magento2#32968).
    public func addComment(orderID: Int, text: String, status: String? = nil) async throws {
        try await orderLocks.withLock(orderID) {
            let own = if let status { status } else { try await self.status(orderID: orderID) }
            let body: JSONValue = [
                "statusHistory": [
                    "comment": .string(text), "is_customer_notified": 0, "is_visible_on_front": 0,
                    "parent_id": .int(orderID), "status": .string(own),
                ]
            ]
            try confirmed(await call(.commentOrder, orderID, body: body), .commentOrder)
        }
    }

    /// The order's status, which merchants name; not its state: `GET /V1/orders/{id}/statuses`
    /// (`Magento_Sales::actions_view`). Safe to repeat.
    public func status(orderID: Int) async throws -> String {
        try await answer(CommerceOperation.orderStatus.rawValue) {
            let status = JSONNode(value: try await call(.orderStatus, orderID))
            return try status.required(status.text(), "the order's status")
        }
    }

    /// The statuses that the shop knows: `GET /V1/order-statuses`, SaaS only; on PaaS there is no such list
    /// (magento2#16324). Safe to repeat.
    public func orderStatuses() async throws -> [CommerceOrderStatus] {
        try await list(.orderStatuses) { node throws(OrderReadingError) in
            CommerceOrderStatus(
                status: try node["status"].required(node["status"].text(), "a status"),
                label: try node["label"].text() ?? "", state: try node["state"].text())
        }
    }

    /// `POST /V1/orders/{id}/cancel` (`Magento_Sales::cancel`). Not possible once everything is invoiced, nor on hold.
    /// Safe to repeat only after a look at the order's state: `canceled` is its effect.
    /// - Throws: A `CommerceFault` that parks if Commerce says that it did not cancel.
    public func cancelOrder(orderID: Int) async throws {
        try await changeState(.cancelOrder, orderID)
    }

    /// `POST /V1/orders/{id}/hold` (`Magento_Sales::hold`). Look for its effect in the order's state, `holded`.
    public func holdOrder(orderID: Int) async throws {
        try await changeState(.holdOrder, orderID)
    }

    /// `POST /V1/orders/{id}/unhold` (`Magento_Sales::unhold`). Look for its effect in the order's state.
    public func unholdOrder(orderID: Int) async throws {
        try await changeState(.unholdOrder, orderID)
    }

    private func changeState(_ operation: CommerceOperation, _ orderID: Int) async throws {
        try await orderLocks.withLock(orderID) {
            guard try await call(operation, orderID) != .bool(false) else {
                throw CommerceFault(
                    kind: .rejected, call: operation.rawValue,
                    detail: "the order's state does not allow it, says Commerce with false.")
            }
        }
    }
}

/// What merchants call a part of an order's way; each belongs to a state.
public struct CommerceOrderStatus: Sendable, Equatable {
    public var status: String
    public var label: String
    /// `new`, `processing`, `complete`, …; `nil` if it belongs to none.
    public var state: String?
}

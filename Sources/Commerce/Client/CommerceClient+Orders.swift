import HTTPTypes
import JSON
import Relay

extension CommerceClient {
    /// - Returns: `nil` if the shop has no such order.
    /// - Throws: A `CommerceFault` that parks if several websites have one with this number.
    ///
    /// Two calls: lists may leave out parts of an order, such as its shipping assignments.
    public func order(incrementID: String) async throws -> CommerceOrder? {
        let criteria = SearchCriteria(
            filter: ("increment_id", incrementID), pageSize: 10,
            fields: "items[entity_id,increment_id],total_count")
        let call = "GET /V1/orders"
        let found = try await answer(call) { () async throws -> [Int] in
            let list = JSONNode(value: try await self.call(.get, "/orders", query: criteria.query))
            // The database compares without regard to case.
            return try list["items"].list()
                .filter { try $0["increment_id"].text() == incrementID }
                .map { try $0["entity_id"].required($0["entity_id"].integer(), "an order's id") }
        }
        guard found.count <= 1 else {
            throw CommerceFault(
                kind: .rejected, call: call,
                detail: "\(found.count) orders have the number \(incrementID) (entity ids \(found)).")
        }
        guard let entityID = found.first else { return nil }
        return try await order(entityID: entityID)
    }

    /// - Returns: `nil` if the shop has no such order.
    public func order(entityID: Int) async throws -> CommerceOrder? {
        try await answer("GET /V1/orders/\(entityID)") {
            do {
                return try CommerceOrder(JSONNode(value: try await call(.get, "/orders/\(entityID)")))
            } catch let fault as CommerceFault where fault.kind == .notFound {
                return nil
            }
        }
    }

    /// Writes the ERP's number onto the order. Safe to repeat.
    ///
    /// The schema asks for `customer_email`, totals and items as well. They are left out on purpose: Commerce takes
    /// a partial order, and up to 2.4.0 sending items back overwrote them (magento2#22431).
    public func setExternalOrderID(entityID: Int, incrementID: String, extOrderID: String) async throws {
        let body = OrderPatch(
            entity: .init(entityID: entityID, incrementID: incrementID, extOrderID: extOrderID))
        _ = try await orderLocks.withLock(entityID) {
            try await call(.post, "/orders", body: body)
        }
    }

    /// The order's comments, customers' and merchants' alike. Entries without text, which only mark a change of
    /// status, are left out.
    public func comments(orderID: Int) async throws -> [String] {
        let path = "/orders/\(orderID)/comments"
        return try await answer("GET /V1\(path)") {
            try JSONNode(value: await call(.get, path))["items"].list().compactMap { try $0["comment"].text() }
        }
    }

    /// Adds a comment that customers don't see. Not safe to repeat: look for its text in `comments` first.
    /// - Parameter status: The order's own, so that the comment does not change it; read from Commerce if `nil`.
    ///   It can't be left out: older versions set the order's status to what the comment says, even if that is
    ///   nothing.
    public func addComment(orderID: Int, text: String, status: String? = nil) async throws {
        let path = "/orders/\(orderID)/comments"
        let answer = try await orderLocks.withLock(orderID) {
            let own = try await self.status(orderID: orderID, known: status)
            let body = CommentCreation(statusHistory: .init(comment: text, parentID: orderID, status: own))
            return try await call(.post, path, body: body)
        }
        guard answer == .bool(true) else {
            throw CommerceFault(kind: .unexpected, call: "POST /V1\(path)", detail: "the answer is not true")
        }
    }

    private func status(orderID: Int, known: String?) async throws -> String {
        if let known { return known }
        let path = "/orders/\(orderID)/statuses"
        return try await answer("GET /V1\(path)") {
            let status = JSONNode(value: try await call(.get, path))
            return try status.required(status.text(), "the order's status")
        }
    }

    /// Reads an answer; one of another shape is a fault of the call, not of a webhook.
    func answer<Value>(_ call: String, _ read: () async throws -> Value) async throws -> Value {
        do {
            return try await read()
        } catch let error as OrderReadingError {
            throw CommerceFault(kind: .unexpected, call: call, detail: error.description)
        }
    }
}

private struct OrderPatch: Encodable {
    struct Entity: Encodable {
        var entityID: Int
        var incrementID: String
        var extOrderID: String

        enum CodingKeys: String, CodingKey {
            case entityID = "entity_id"
            case incrementID = "increment_id"
            case extOrderID = "ext_order_id"
        }
    }

    var entity: Entity
}

private struct CommentCreation: Encodable {
    struct StatusHistory: Encodable {
        var comment: String
        var isCustomerNotified = 0
        var isVisibleOnFront = 0
        var parentID: Int
        var status: String

        enum CodingKeys: String, CodingKey {
            case comment, status
            case isCustomerNotified = "is_customer_notified"
            case isVisibleOnFront = "is_visible_on_front"
            case parentID = "parent_id"
        }
    }

    var statusHistory: StatusHistory
}

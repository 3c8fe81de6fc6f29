public import Foundation
public import JSON

/// A return (RMA) that exists in Commerce.
public struct CommerceReturn: Sendable, Equatable {
    public struct Item: Sendable, Equatable {
        public var entityID: Int
        /// The order item's `item_id`.
        public var orderItemID: Int
        public var qtyRequested: Decimal
        public var qtyAuthorized: Decimal?
        public var qtyApproved: Decimal?
        public var qtyReturned: Decimal?
        /// Ids of options of the return's attributes, which differ from shop to shop.
        public var reason: String?
        public var condition: String?
        public var resolution: String?
        /// `pending`, `authorized`, `received`, `approved`, `denied`, …
        public var status: String?
    }

    public var entityID: Int
    public var incrementID: String?
    /// The order's entity id.
    public var orderID: Int
    public var status: String?
    public var items: [Item]
    /// Everything as it was read, so that writing it back resets nothing.
    var fields: JSONObject

    /// The return as it came, for mapping documents.
    public var document: JSONValue { .object(fields) }
}

/// A return to be made.
public struct ReturnDraft: Sendable, Equatable {
    public struct Item: Sendable, Equatable {
        public var orderItemID: Int
        /// Whole pieces, says the schema.
        public var qtyRequested: Int
        public var reason: String
        public var condition: String
        public var resolution: String
        public var status: String

        public init(
            orderItemID: Int, qtyRequested: Int, reason: String, condition: String, resolution: String,
            status: String = "pending"
        ) {
            self.orderItemID = orderItemID
            self.qtyRequested = qtyRequested
            self.reason = reason
            self.condition = condition
            self.resolution = resolution
            self.status = status
        }
    }

    public var orderID: Int
    public var orderIncrementID: String
    public var storeID: Int
    /// `nil` for a guest.
    public var customerID: Int?
    public var customEmail: String?
    /// `2026-01-01 10:00:12`, in UTC.
    public var dateRequested: String
    public var status: String
    public var items: [Item]

    public init(
        orderID: Int, orderIncrementID: String, storeID: Int, customerID: Int? = nil, customEmail: String? = nil,
        dateRequested: String, status: String = "pending", items: [Item]
    ) {
        self.orderID = orderID
        self.orderIncrementID = orderIncrementID
        self.storeID = storeID
        self.customerID = customerID
        self.customEmail = customEmail
        self.dateRequested = dateRequested
        self.status = status
        self.items = items
    }

    var json: JSONValue {
        .members([
            "customer_custom_email": customEmail.map(JSONValue.string), "customer_id": customerID.map(JSONValue.int),
            "date_requested": .string(dateRequested),
            "items": .array(
                items.map { item in
                    [
                        "condition": .string(item.condition), "order_item_id": .int(item.orderItemID),
                        "qty_requested": .int(item.qtyRequested), "reason": .string(item.reason),
                        "resolution": .string(item.resolution), "status": .string(item.status),
                    ]
                }),
            "order_id": .int(orderID), "order_increment_id": .string(orderIncrementID), "status": .string(status),
            "store_id": .int(storeID),
        ])
    }
}

extension CommerceReturn {
    init(_ record: JSONNode) throws(OrderReadingError) {
        var items: [Item] = []
        for item in try record["items"].list() { items.append(try Item(item)) }
        self.init(
            entityID: try record["entity_id"].required(record["entity_id"].integer(), "a return's id"),
            incrementID: try record["increment_id"].text(),
            orderID: try record["order_id"].required(record["order_id"].integer(), "an order's id"),
            status: try record["status"].text(), items: items, fields: record.value?.objectValue ?? [:])
    }

    /// As it was read, with the status and the items' decisions as they are now.
    var json: JSONValue {
        var json = fields.withoutNulls
        if let status { json["status"] = .string(status) }
        let changed = Dictionary(items.map { ($0.entityID, $0) }) { first, _ in first }
        json["items"] = .array(
            (json["items"]?.arrayValue ?? []).map { value in
                guard let id = value.objectValue?["entity_id"]?.intValue, let item = changed[id] else { return value }
                return item.written(into: value)
            })
        return .object(json)
    }
}

extension CommerceReturn.Item {
    fileprivate init(_ item: JSONNode) throws(OrderReadingError) {
        self.init(
            entityID: try item["entity_id"].required(item["entity_id"].integer(), "an item's id"),
            orderItemID: try item["order_item_id"].required(item["order_item_id"].integer(), "an order item's id"),
            qtyRequested: try item["qty_requested"].required(item["qty_requested"].decimal(), "a quantity"),
            qtyAuthorized: try item["qty_authorized"].decimal(), qtyApproved: try item["qty_approved"].decimal(),
            qtyReturned: try item["qty_returned"].decimal(), reason: try item["reason"].text(),
            condition: try item["condition"].text(), resolution: try item["resolution"].text(),
            status: try item["status"].text())
    }

    fileprivate func written(into value: JSONValue) -> JSONValue {
        value.merging(
            .members([
                "qty_authorized": qtyAuthorized.map(JSONValue.number),
                "qty_approved": qtyApproved.map(JSONValue.number),
                "qty_returned": qtyReturned.map(JSONValue.number), "reason": reason.map(JSONValue.string),
                "condition": condition.map(JSONValue.string), "resolution": resolution.map(JSONValue.string),
                "status": status.map(JSONValue.string),
            ]))
    }
}

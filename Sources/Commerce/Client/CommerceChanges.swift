public import Relay

/// Where a poller stands in a list: behind this record. Times in Commerce have whole seconds, several records share
/// one, and a transaction commits after its time was taken.
public struct ChangeCursor: Sendable, Equatable, Comparable, Codable {
    public var updatedAt: Timestamp
    /// Of records with this time, those up to this id were seen.
    public var entityID: Int

    public init(updatedAt: Timestamp, entityID: Int = 0) {
        self.updatedAt = updatedAt
        self.entityID = entityID
    }

    public static func < (left: ChangeCursor, right: ChangeCursor) -> Bool {
        (left.updatedAt, left.entityID) < (right.updatedAt, right.entityID)
    }

    /// Some time earlier: what was committed late is seen again rather than never.
    public func goingBack(_ overlap: Duration) -> ChangeCursor {
        ChangeCursor(updatedAt: updatedAt + (.zero - overlap))
    }
}

/// A record that has changed, without its content.
public struct ChangedRecord: Sendable, Equatable {
    public var entityID: Int
    /// `increment_id`, `sku` or `email`, by the list.
    public var name: String?
    public var updatedAt: Timestamp

    public init(entityID: Int, name: String?, updatedAt: Timestamp) {
        self.entityID = entityID
        self.name = name
        self.updatedAt = updatedAt
    }
}

/// Lists that can be asked for what has changed. Not every change touches its record: a product's `updated_at` stays
/// as it is when its stock changes (magento2#37670), and documents of an order are lists of their own.
public enum ChangeList: String, Sendable, CaseIterable {
    case orders, invoices, shipments, creditMemos, customers, products

    var operation: CommerceOperation {
        switch self {
        case .orders: .searchOrders
        case .invoices: .searchInvoices
        case .shipments: .searchShipments
        case .creditMemos: .searchCreditMemos
        case .customers: .searchCustomers
        case .products: .searchProducts
        }
    }

    /// The id's name in the answer; filters take `entity_id` for all.
    var idName: String {
        switch self {
        case .customers, .products: "id"
        default: "entity_id"
        }
    }

    var nameMember: String {
        switch self {
        case .customers: "email"
        case .products: "sku"
        default: "increment_id"
        }
    }
}

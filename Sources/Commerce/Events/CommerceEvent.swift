import JSON

/// One event as Adobe I/O Events delivers it (CloudEvents 1.0), read as far as routing needs it.
/// https://developer.adobe.com/events/docs/guides/
public struct CommerceEvent: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        /// It says that this order changed.
        case order(OrderNotice)
        /// It says that this other record changed.
        case record(RecordNotice)
        /// It is of a record of this kind, but does not say of which.
        case unreadable(CommerceRecordKind, WebhookError)
        case other
    }

    /// What the types of all events of Commerce begin with.
    public static let prefix = "com.adobe.commerce."

    /// The types that tell of an order, without ``prefix``; PaaS names plugins with `magento.`, SaaS without.
    public static let orderTypes: Set = [
        "observer.sales_order_save_commit_after", "observer.sales_order_save_after",
        "observer.sales_order_place_after", "observer.checkout_submit_all_after",
        "plugin.sales.api.order_management.place", "plugin.sales.api.order_repository.save",
        "plugin.magento.sales.api.order_management.place", "plugin.magento.sales.api.order_repository.save",
    ]

    /// Equal for all attempts to deliver one event.
    public let id: String
    /// `com.adobe.commerce.observer.sales_order_save_commit_after`.
    public let type: String
    /// The client id of the registration that it was sent for.
    public let recipient: String
    public let content: Content
    /// The event as received: the whole body, or its element of a batch.
    public let bytes: [UInt8]

    /// `nil` for an event that tells of no record that is known.
    public var recordKind: CommerceRecordKind? {
        switch content {
        case .order: .order
        case .record(let notice): notice.kind
        case .unreadable(let kind, _): kind
        case .other: nil
        }
    }

    /// The key under which Commerce's other events keep their order. Nothing is known about their records, so each is
    /// its own.
    public var subject: String {
        switch content {
        case .order(let notice): notice.subject
        case .record(let notice): notice.subject
        case .unreadable, .other: "\(type) \(id)"
        }
    }

    /// An event has an id that is the same for each attempt, so the content need not tell: two notices of one order may
    /// have equal fields and still tell of two changes. Documents are known by themselves; see
    /// `RecordNotice.documentKey`.
    public var dedupKey: String {
        if case .record(let notice) = content, let key = notice.documentKey { return key }
        return "event \(id)"
    }
}

/// Why a body is not what Adobe I/O Events delivers.
public enum CommerceEventError: Error, Equatable, CustomStringConvertible {
    case malformedJSON(String)
    /// - Parameter place: `[3]` in a batch, empty for a single event.
    case unusableField(place: String, field: String, expected: String)

    public var description: String {
        switch self {
        case .malformedJSON(let detail): "The body is not JSON (RFC 8259): \(detail)."
        case .unusableField(let place, let field, let expected): "\(place)\(field): expected \(expected)."
        }
    }
}

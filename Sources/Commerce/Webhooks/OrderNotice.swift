import Cryptography
public import Relay

/// What routing needs to know of an order before it is stored.
public struct OrderNotice: Sendable, Equatable {
    /// The number the customer sees. Text: it has a prefix per store and leading zeros.
    public var incrementID: String
    /// Absent in webhooks that fire before the order is saved.
    public var entityID: Int?
    public var storeID: Int?
    /// The shopper's e-mail address.
    public var email: String?
    /// The shopper's account in the shop; `nil` for guests.
    public var customerID: Int?
    /// When Commerce last saved the order, to the second, as milliseconds since 1970. Absent before the first save.
    public var updatedAt: Timestamp?

    public init(
        incrementID: String, entityID: Int? = nil, storeID: Int? = nil, email: String? = nil, customerID: Int? = nil,
        updatedAt: Timestamp? = nil
    ) {
        self.incrementID = incrementID
        self.entityID = entityID
        self.storeID = storeID
        self.email = email
        self.customerID = customerID
        self.updatedAt = updatedAt
    }

    public static let kind = "order"

    /// The key whose deliveries keep their order: `order 000000042`.
    public var subject: String { "\(OrderNotice.kind) \(incrementID)" }

    /// How new this state of the order is: `NewEvent.version`.
    ///
    /// Two changes within one second have the same version, so neither is stale: only a state of an earlier second
    /// than one that was carried is. A hook that fires before the first save has none and is never stale.
    public var version: Int64? { updatedAt?.millisecondsSince1970 }

    /// What people look for the order by; its number is found by the subject.
    public var searchKeys: [SearchKey] {
        [email.map { SearchKey(.email, $0) }, customerID.map { SearchKey(.customer, String($0)) }].compactMap(\.self)
    }

    /// `order 000000042 <SHA-256 of the body in hex>`: equal for two arrivals of one occurrence.
    ///
    /// Commerce webhooks carry no delivery id, no time and no attempt counter, so the content itself has to tell.
    /// - The same order sent twice (a proxy's or a person's repetition) has the same bytes and is one event.
    /// - A later change of that order differs in at least `updated_at` or `status` and is another event. A key made
    ///   of the number and a time would lose the second of two changes within a second.
    /// - Should a shop return to the very bytes it sent before, nothing is missing on the far side: that state was
    ///   delivered. Should two byte sequences mean the same, two events are harmless, since every flow looks for
    ///   its effect by natural key before it repeats it.
    /// - Parameter bodyDigest: SHA-256 of the body as received, 32 bytes.
    public func dedupKey(bodyDigest: [UInt8]) -> String { "\(subject) \(Hex.encode(bodyDigest))" }
}

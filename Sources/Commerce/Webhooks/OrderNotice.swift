import Cryptography

/// What routing needs to know of an order before it is stored.
public struct OrderNotice: Sendable, Equatable {
    /// The number the customer sees. Text: it has a prefix per store and leading zeros.
    public var incrementID: String
    /// Absent in webhooks that fire before the order is saved.
    public var entityID: Int?
    public var storeID: Int?

    public init(incrementID: String, entityID: Int? = nil, storeID: Int? = nil) {
        self.incrementID = incrementID
        self.entityID = entityID
        self.storeID = storeID
    }

    public static let kind = "order"

    /// The key whose deliveries keep their order: `order 000000042`.
    public var subject: String { "\(OrderNotice.kind) \(incrementID)" }

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

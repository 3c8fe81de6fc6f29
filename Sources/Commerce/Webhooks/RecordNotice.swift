import Cryptography
public import Relay

/// What is known at the door of a record that is no order: which one it is, and what helps to find it. The record
/// itself is read from the shop when it is carried.
public struct RecordNotice: Sendable, Equatable {
    public var kind: CommerceRecordKind
    /// `entity_id`, or `id` where the record calls it so; of a quote the quote's.
    public var entityID: Int
    /// The number that people see. Customers, companies and quotes have none.
    public var incrementID: String?
    /// The entity id of its order: documents and returns.
    public var orderID: Int?
    /// The number of its order, where the record says it: returns.
    public var orderIncrementID: String?
    public var customerID: Int?
    public var email: String?
    /// Of an invoice or a credit memo: 1 open, 2 paid or refunded, 3 cancelled.
    public var state: Int?
    /// When Commerce last saved it, to the second. Companies and returns don't say.
    public var updatedAt: Timestamp?

    public init(
        kind: CommerceRecordKind, entityID: Int, incrementID: String? = nil, orderID: Int? = nil,
        orderIncrementID: String? = nil, customerID: Int? = nil, email: String? = nil, state: Int? = nil,
        updatedAt: Timestamp? = nil
    ) {
        self.kind = kind
        self.entityID = entityID
        self.incrementID = incrementID
        self.orderID = orderID
        self.orderIncrementID = orderIncrementID
        self.customerID = customerID
        self.email = email
        self.state = state
        self.updatedAt = updatedAt
    }

    /// The key whose deliveries keep their order: `invoice 17`.
    public var subject: String { "\(kind.rawValue) \(entityID)" }

    /// How new this state of the record is: `NewEvent.version`. See `OrderNotice.version`.
    public var version: Int64? { updatedAt?.millisecondsSince1970 }

    /// What people look for the record by; its id is found by the subject.
    public var searchKeys: [SearchKey] {
        let customer = kind == .customer ? entityID : customerID
        return [
            kind == .invoice ? incrementID.map { SearchKey(.invoice, $0) } : nil,
            orderIncrementID.map { SearchKey(.order, $0) }, email.map { SearchKey(.email, $0) },
            customer.map { SearchKey(.customer, String($0)) },
        ].compactMap(\.self)
    }

    /// `invoice 17 state 2`: equal for all tellings of one document in one state, whatever way they come. `nil` for
    /// records that change, of which only the telling itself can be recognised.
    ///
    /// The state is part of it because an invoice that is paid later is told of twice, and both times it matters.
    public var documentKey: String? {
        guard kind.isDocument else { return nil }
        return subject + (state.map { " state \($0)" } ?? "")
    }

    /// The key of a webhook: the document's, or else the content's, as `OrderNotice.dedupKey` says.
    /// - Parameter bodyDigest: SHA-256 of the body as received, 32 bytes.
    public func dedupKey(bodyDigest: [UInt8]) -> String { documentKey ?? "\(subject) \(Hex.encode(bodyDigest))" }
}

/// For a person who asks to be forgotten (GDPR article 17), and the operator who does it.
public protocol Erasure: Sendable {
    /// What the store holds of a person, without changing it.
    /// - Parameter subject: An e-mail address, or a customer's account on the far side.
    func holdings(of subject: SearchKey) async throws -> ErasureCount

    /// Takes away what the store holds of a person: bodies, what attempts sent and received, edits, reasons in words,
    /// results of steps, search keys, and the links of customer accounts. Events stay as rows without content, so
    /// that a copy sent again is still known. Their unfinished deliveries end as skipped, with the reason `erased`; those
    /// that run are left alone and counted, to be asked for again.
    /// - Parameter order: Written down in the last transaction, with what was done.
    func erase(_ order: ErasureOrder) async throws -> ErasureRecord

    /// Newest first.
    func erasures(limit: Int) async throws -> [ErasureRecord]

    /// A random secret of this store, for hashes that no other store has.
    func erasureSalt() async throws -> [UInt8]
}

public struct ErasureOrder: Sendable, Equatable {
    public var subject: SearchKey
    /// A keyed hash of the subject, which the record keeps in its place.
    public var hash: [UInt8]
    public var act: OperatorAct

    public init(subject: SearchKey, hash: [UInt8], act: OperatorAct) {
        self.subject = subject
        self.hash = hash
        self.act = act
    }
}

public struct ErasureCount: Sendable, Equatable, Codable {
    /// Events of the person whose content is kept.
    public var events: Int
    /// Attempts with what they sent and received.
    public var attempts: Int
    /// Links of customer accounts.
    public var links: Int
    /// Deliveries that are not finished, and end as skipped.
    public var unfinished: Int
    /// Deliveries that run: their events cannot be erased now.
    public var running: Int

    public init(events: Int = 0, attempts: Int = 0, links: Int = 0, unfinished: Int = 0, running: Int = 0) {
        self.events = events
        self.attempts = attempts
        self.links = links
        self.unfinished = unfinished
        self.running = running
    }
}

/// An erasure that was done, without the person.
public struct ErasureRecord: Sendable, Equatable {
    public var id: Int64
    public var act: OperatorAct
    public var kind: SearchKey.Kind
    public var hash: [UInt8]
    public var count: ErasureCount

    public init(id: Int64, act: OperatorAct, kind: SearchKey.Kind, hash: [UInt8], count: ErasureCount) {
        self.id = id
        self.act = act
        self.kind = kind
        self.hash = hash
        self.count = count
    }
}

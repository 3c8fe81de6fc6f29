/// For those who ask a platform for what is new, page by page: where they stand in each list.
///
/// A cursor moves in the transaction that stores the events of the page behind it. So a crash between reading a page
/// and storing it reads the page again, and one after it has lost nothing.
public protocol CursorBook: Sendable {
    /// `nil` before the first page.
    func cursor(of poller: String) async throws -> PollCursor?

    /// What the list showed of these rows when they were last seen; rows that were not are left out.
    /// - Parameter keys: A page of them.
    func digests(of poller: String, keys: [String]) async throws -> [String: [UInt8]]

    /// Stores what a page has brought and moves the cursor behind it, in one transaction or not at all. Events that are
    /// known already are left as they are.
    /// - Returns: One receipt for each event, in their sequence; on stable storage by then.
    func append(_ events: [NewEvent], moving move: CursorMove) async throws -> [Receipt]

    /// Puts a cursor elsewhere for a person. Recorded as an operator's act.
    /// - Parameter forgettingRows: Takes every row of the list for a new one.
    func put(_ cursor: PollCursor, forgettingRows: Bool, act: OperatorAct) async throws
}

/// How far a poller has come.
public struct PollCursor: Sendable, Equatable {
    /// `commerce/orders`
    public var poller: String
    /// In the poller's own words.
    public var position: String
    public var movedAt: Timestamp

    public init(poller: String, position: String, movedAt: Timestamp) {
        self.poller = poller
        self.position = position
        self.movedAt = movedAt
    }
}

/// What a page changes besides its events.
public struct CursorMove: Sendable, Equatable {
    public var cursor: PollCursor
    /// What the list shows of its rows now, 32 bytes each; only of lists that have no time of change.
    public var digests: [String: [UInt8]]
    /// When the walk through the list began: the rows' digests are remembered as seen then.
    public var seenAt: Timestamp
    /// Rows that this walk has not met are gone from the list, and forgotten. Set on its last page.
    public var forgetsUnseen: Bool

    public init(
        cursor: PollCursor, digests: [String: [UInt8]] = [:], seenAt: Timestamp? = nil, forgetsUnseen: Bool = false
    ) {
        self.cursor = cursor
        self.digests = digests
        self.seenAt = seenAt ?? cursor.movedAt
        self.forgetsUnseen = forgetsUnseen
    }
}

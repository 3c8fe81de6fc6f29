import Relay

/// A list of a platform that is asked for what is new, a page at a time.
protocol PollSource: Sendable {
    /// `commerce/orders`: names its cursor, its standing and its place in the operator API.
    var name: String { get }
    /// What is asked: `GET /V1/orders`.
    var place: String { get }

    /// - Parameters:
    ///   - position: Where the page before left off; `nil` at the very first. A text that this version cannot read is
    ///   begun anew, as at the first start.
    ///   - book: Tells what rows showed before.
    func page(at position: String?, now: Timestamp, book: any CursorBook) async throws -> PollPage

    /// Where to go on so that everything since then is looked at again.
    func position(since moment: Timestamp, now: Timestamp) -> String

    /// Whether going back means to take every row for a new one.
    var forgetsRowsGoingBack: Bool { get }
}

struct PollPage: Sendable {
    /// Of the list, whether they are new or not.
    var rows: Int
    var events: [NewEvent]
    /// Where the next page begins.
    var position: String
    /// Whether the list is at its end for now.
    var isLast: Bool
    /// See `CursorMove`.
    var digests: [String: [UInt8]] = [:]
    var seenAt: Timestamp?
    var forgetsUnseen = false
}

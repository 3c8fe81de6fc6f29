import Commerce
import Relay

/// Where a poller stands in a list that is sorted by the time of change. Pure, so that overlaps and page limits can be
/// tried in a table.
///
/// Each walk begins an overlap before the newest record that was seen, and goes on page by page until the list is at
/// its end. A walk that a round did not finish goes on from where it was, so that an overlap with more records than a
/// round takes does not hold it for ever.
struct StampedWalk: Sendable, Equatable, Codable {
    /// The newest record that was seen.
    var seen: ChangeCursor
    /// The end of the page before, while a walk is under way.
    var walk: ChangeCursor?

    init(from start: Timestamp) { seen = ChangeCursor(updatedAt: start) }

    func start(overlap: Duration) -> ChangeCursor { walk ?? seen.goingBack(overlap) }

    /// - Parameters:
    ///   - last: The page's last record; `nil` for an empty page.
    ///   - now: A record that claims to be of the future must not put all those behind it into the past.
    func advanced(to last: ChangeCursor?, isLast: Bool, now: Timestamp) -> StampedWalk {
        var next = self
        next.walk = isLast ? nil : last
        if let last { next.seen = max(seen, min(last, ChangeCursor(updatedAt: now))) }
        return next
    }
}

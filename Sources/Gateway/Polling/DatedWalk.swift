import Dynamics
import Relay

/// Where a poller stands in a list that is sorted by a date. Pure; see `StampedWalk`.
///
/// A date is coarse: many rows have the same one, so a walk that is under way counts how many of its day it has seen.
/// Rows that are put in between meanwhile move others on, which are then seen twice, and never move one out of sight.
struct DatedWalk: Sendable, Equatable, Codable {
    struct Place: Sendable, Equatable, Codable {
        var day: ODataDate
        /// Rows of that day and later ones that were seen.
        var skip = 0
    }

    /// The latest date that was seen.
    var seen: ODataDate
    /// Where the page before ended, while a walk is under way.
    var walk: Place?

    init(from start: ODataDate) { seen = start }

    func start(overlap: Duration) -> Place { walk ?? Place(day: seen.daysBefore(overlap)) }

    /// - Parameters:
    ///   - days: Of the page's rows, in their sequence.
    ///   - today: Documents can be dated ahead, which must not put those of today into the past.
    func advanced(by days: [ODataDate], from place: Place, isLast: Bool, today: ODataDate) -> DatedWalk {
        var next = self
        if let last = days.last {
            let same = days.reversed().prefix { $0 == last }.count
            let isSameDay = last == place.day
            next.walk = Place(day: last, skip: isSameDay ? place.skip + days.count : same)
            next.seen =
                [seen, [last, today].min(by: ODataDate.isBefore) ?? last].max(by: ODataDate.isBefore) ?? seen
        }
        if isLast { next.walk = nil }
        return next
    }
}

extension ODataDate {
    static func isBefore(_ left: ODataDate, _ right: ODataDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Midnight in UTC, at which the day begins.
    var start: Timestamp { Moment.absolute(description) ?? Timestamp(millisecondsSince1970: 0) }

    /// - Parameter duration: Rounded up to whole days.
    func daysBefore(_ duration: Duration) -> ODataDate {
        let days = (duration.wholeMilliseconds + 86_399_999) / 86_400_000
        return ODataDate(utc: start + .seconds(-days * 86_400)) ?? self
    }
}

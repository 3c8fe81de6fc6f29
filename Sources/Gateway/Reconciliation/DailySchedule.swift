import Relay

/// A time of day in UTC.
struct DailySchedule: Sendable, Equatable {
    /// Since midnight, in `0..<1440`.
    var minute: Int

    /// The first such moment after another one.
    func next(after moment: Timestamp) -> Timestamp {
        let day: Int64 = 86_400_000
        let ofDay = ((moment.millisecondsSince1970 % day) + day) % day
        let wait = Int64(minute) * 60_000 - ofDay
        return moment + .milliseconds(wait > 0 ? wait : wait + day)
    }
}

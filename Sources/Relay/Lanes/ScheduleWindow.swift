public import Foundation

/// A part of the week, in the local time of a place: `sat, sun 22:00 to 04:00 Europe/Berlin`.
///
/// A moment lies inside when a clock on that place's wall reads a time inside. So a window that a daylight-saving
/// change skips does not happen that day, and one in an hour that happens twice happens twice.
public struct ScheduleWindow: Sendable, Equatable {
    /// In the order of the week, which counts from Monday.
    public enum Day: String, Sendable, CaseIterable {
        case mon, tue, wed, thu, fri, sat, sun
    }

    public static let minutesPerDay = 24 * 60

    /// Days on which the window begins.
    public var days: Set<Day>
    /// Minutes since midnight, in `0..<1440`.
    public var from: Int
    /// Minutes since midnight, in `1...1440`. Not after `from`: the window ends on the day after it began.
    public var to: Int
    public var timeZone: TimeZone

    public init(days: Set<Day> = Set(Day.allCases), from: Int, to: Int, timeZone: TimeZone) {
        self.days = days
        self.from = from
        self.to = to
        self.timeZone = timeZone
    }

    public func contains(_ moment: Timestamp) -> Bool {
        let local = Local(moment, timeZone)
        guard from >= to else { return days.contains(local.day) && (from..<to).contains(local.minute) }
        return days.contains(local.day) && local.minute >= from
            || days.contains(local.dayBefore) && local.minute < to
    }

    /// When `contains` may next give another answer: a beginning, an end, a midnight, or a change of the local time.
    func nextLook(after moment: Timestamp) -> Timestamp {
        let local = Local(moment, timeZone)
        let bounds = [from, to, Self.minutesPerDay].filter { $0 > local.minute }
        let wait = ((bounds.min() ?? Self.minutesPerDay) - local.minute) * 60_000 - local.millisecondsOfMinute
        let bound = moment + .milliseconds(wait)
        guard let change = timeZone.nextDaylightSavingTimeTransition(after: moment.date) else { return bound }
        let changed = Timestamp(millisecondsSince1970: Int64((change.timeIntervalSince1970 * 1000).rounded()))
        return changed > moment ? min(bound, changed) : bound
    }

    /// What the wall clock of the place reads.
    private struct Local {
        let day: Day
        let dayBefore: Day
        let minute: Int
        let millisecondsOfMinute: Int

        init(_ moment: Timestamp, _ timeZone: TimeZone) {
            let offset = Int64(timeZone.secondsFromGMT(for: moment.date)) * 1000
            let local = moment.millisecondsSince1970 + offset
            let perDay: Int64 = 86_400_000
            let days = (Double(local) / Double(perDay)).rounded(.down)
            let rest = Int(local - Int64(days) * perDay)
            // 1 January 1970 was a Thursday.
            let weekday = ((Int(days) + 3) % 7 + 7) % 7
            day = Day.allCases[weekday]
            dayBefore = Day.allCases[(weekday + 6) % 7]
            minute = rest / 60_000
            millisecondsOfMinute = rest % 60_000
        }
    }
}

extension Timestamp {
    fileprivate var date: Date { Date(timeIntervalSince1970: Double(millisecondsSince1970) / 1000) }
}

public import Relay

/// A moment as calendar text in UTC, with milliseconds. Computed here because it is needed for each log line, and
/// the calendar of the tools library costs more than the line.
struct UTCTime {
    private let milliseconds: Int64

    init(_ moment: Timestamp) { milliseconds = moment.millisecondsSince1970 }

    /// `2026-01-01T10:00:12.447Z`
    var iso8601: String {
        let (year, month, day) = date
        return "\(Self.pad(year, 4))-\(Self.pad(month))-\(Self.pad(day))T\(clock)Z"
    }

    /// `10:00:12.447`
    var clock: String {
        let time = milliseconds.modulo(86_400_000)
        let (hour, minute, second) = (time / 3_600_000, time / 60_000 % 60, time / 1000 % 60)
        return "\(Self.pad(hour)):\(Self.pad(minute)):\(Self.pad(second)).\(Self.pad(time % 1000, 3))"
    }

    /// Days to the proleptic Gregorian calendar; years begin in March, so that leap days come last.
    private var date: (year: Int64, month: Int64, day: Int64) {
        let days = (milliseconds - milliseconds.modulo(86_400_000)) / 86_400_000 + 719_468
        let era = (days - days.modulo(146_097)) / 146_097
        let dayOfEra = days.modulo(146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isNextYear = month >= 10
        return (
            yearOfEra + era * 400 + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    private static func pad(_ number: Int64, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    /// Never negative, unlike `%`.
    fileprivate func modulo(_ divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
}

extension Timestamp {
    static var now: Timestamp { SystemClock().now() }

    /// `2026-01-01T10:00:12.447Z`
    public var iso8601: String { UTCTime(self).iso8601 }
}

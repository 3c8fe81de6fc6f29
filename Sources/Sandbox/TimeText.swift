import Foundation

/// The ways in which the two platforms write times. All UTC.
struct TimeText {
    private let seconds: Int
    private let fraction: Double

    init(_ date: Date) {
        let whole = date.timeIntervalSince1970.rounded(.down)
        seconds = Int(whole)
        fraction = date.timeIntervalSince1970 - whole
    }

    /// `2026-01-01`.
    var day: String {
        let (year, month, day) = Self.civil(daysSinceEpoch: Self.floorDivide(seconds, 86_400))
        return "\(year)-\(Self.padded(month))-\(Self.padded(day))"
    }

    private var clock: String {
        let rest = seconds - Self.floorDivide(seconds, 86_400) * 86_400
        return "\(Self.padded(rest / 3600)):\(Self.padded(rest / 60 % 60)):\(Self.padded(rest % 60))"
    }

    /// Commerce: `2026-01-01 10:00:12`, without a sign of the zone.
    var commerce: String { "\(day) \(clock)" }

    /// OData: `2026-01-01T10:00:12Z`.
    var odata: String { "\(day)T\(clock)Z" }

    /// OData, a pure date: noon, so that no time zone moves the day.
    var odataNoon: String { "\(day)T12:00:00Z" }

    /// Business events, `EventTimeIso8601`: seven fraction digits.
    var iso8601: String { "\(day)T\(clock).\(Self.padded(Int(fraction * 10_000_000), width: 7))Z" }

    /// Business events, `EventTime`: milliseconds, cut to whole seconds.
    var jsonDate: String { "/Date(\(seconds * 1000))/" }

    /// Business events, a pure date: its midnight.
    var jsonDay: String { "/Date(\(Self.floorDivide(seconds, 86_400) * 86_400_000))/" }

    static func padded(_ value: Int, width: Int = 2) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }

    /// Gregorian date of a day number. Years begin in March here, so that the leap day comes last.
    private static func civil(daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
        let days = daysSinceEpoch + 719_468
        let era = floorDivide(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

/// The Date field's value (RFC 9110 §5.6.7), made once per second.
struct HTTPDate {
    private var second = Int.min
    private var bytes: [UInt8] = []

    /// - Parameter now: Seconds since 1970, not negative.
    mutating func value(at now: Int) -> [UInt8] {
        if now != second {
            second = now
            bytes = Self.format(now)
        }
        return bytes
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    static func format(_ time: Int) -> [UInt8] {
        let days = time / 86400
        let (year, month, day) = civil(days: days)
        // 1970 began on a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][days % 7]
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = [time / 3600 % 24, time / 60 % 60, time % 60].map(twoDigits).joined(separator: ":")
        return Array("\(weekday), \(twoDigits(day)) \(names[month - 1]) \(year) \(clock) GMT".utf8)
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// Days since 1970 as a date of the Gregorian calendar, counted in years that begin in March, so that the
    /// leap day is the last of its year.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let daysPer400Years = 146_097
        let sinceMarch0 = days + 719_468
        let era = sinceMarch0 / daysPer400Years
        let dayOfEra = sinceMarch0 % daysPer400Years
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

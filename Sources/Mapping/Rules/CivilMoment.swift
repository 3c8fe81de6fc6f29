/// A moment by calendar and clock, without leap seconds.
struct CivilMoment: Equatable {
    static let secondsOfDay = 86_400

    /// Since 1970 in UTC.
    var seconds: Int
    /// Whether it is more than a day of the calendar.
    var hasTime: Bool

    /// F&O's and MySQL's ways to say that there is no date.
    static func isEmptyDate(_ text: String) -> Bool {
        text.hasPrefix("1900-01-01") || text.hasPrefix("0000-00-00")
    }

    /// - Parameter text: `YYYY-MM-DD`, alone or with a time behind a blank or `T`: `HH:MM` or `HH:MM:SS`, fractions of a
    ///   second (which are dropped), and `Z` or an offset such as `+01:00`; UTC without one.
    /// - Returns: `nil` for anything else, also for days and times that do not exist.
    init?(_ text: String) {
        var reader = DigitReader(text.utf8)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), (1...12).contains(month), day >= 1, year >= 1,
            day <= Self.days(in: month, of: year)
        else { return nil }
        seconds = Self.daysSince1970(year, month, day) * Self.secondsOfDay
        hasTime = !reader.isAtEnd
        guard hasTime else { return }
        guard reader.take(" ") || reader.take("T"), let hour = reader.number(2), hour < 24, reader.take(":"),
            let minute = reader.number(2), minute < 60
        else { return nil }
        var second = 0
        if reader.take(":") {
            guard let found = reader.number(2), found < 60 else { return nil }
            second = found
            if reader.take(".") { guard reader.skipDigits() else { return nil } }
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        seconds += (hour * 60 + minute) * 60 + second - offset
    }

    /// `2026-01-15`.
    var day: String {
        let (year, month, day) = Self.civil(days)
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// `09:30:00`.
    var time: String {
        let rest = seconds - days * Self.secondsOfDay
        return [rest / 3600, rest / 60 % 60, rest % 60].map { Self.padded($0, 2) }.joined(separator: ":")
    }

    private var days: Int {
        let (whole, rest) = seconds.quotientAndRemainder(dividingBy: Self.secondsOfDay)
        return rest < 0 ? whole - 1 : whole
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Gregorian, by years that begin in March, so that the leap day is the last one.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - daysBefore1970
    }

    /// The same backwards, for years from 0.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = max(0, days + daysBefore1970)
        let era = shifted / daysOfEra
        let dayOfEra = shifted % daysOfEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// From 1 March of the year 0.
    private static let daysBefore1970 = 719_468
    /// Of 400 years.
    private static let daysOfEra = 146_097
}

/// Digits and marks, one after the other.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String.UTF8View) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(_ width: Int) -> Int? {
        let digits = rest.prefix(width)
        guard digits.count == width, digits.allSatisfy(Self.isDigit) else { return nil }
        rest = rest.dropFirst(width)
        return Int(Substring(digits))
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func skipDigits() -> Bool {
        let digits = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(digits.count)
        return !digits.isEmpty
    }

    /// Seconds east of UTC; 0 if there is none.
    mutating func offset() -> Int? {
        if isAtEnd || take("Z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+"), let hours = number(2), hours <= 14 else { return nil }
        _ = take(":")
        guard let minutes = number(2), minutes < 60 else { return nil }
        return (isWest ? -1 : 1) * (hours * 60 + minutes) * 60
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

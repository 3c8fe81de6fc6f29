import Relay

/// The notations in which Dynamics 365 writes a moment.
enum DynamicsTime {
    /// 1900-01-01T00:00:00Z, which F&O stores where there is no date.
    static let empty = Timestamp(millisecondsSince1970: -2_208_988_800_000)

    /// - Parameter text: `/Date(1767261612000)/`, `/Date(1767261612000+0000)/` or `2026-01-01T10:00:12.4471205Z`.
    static func parse(_ text: String) -> Timestamp? {
        text.hasPrefix("/Date(") ? parseEpoch(text) : parseISO8601(text)
    }

    /// `2026-01-01T10:00:12Z`, with milliseconds where there are any; `nil` outside of the years `1...9999`.
    static func text(_ moment: Timestamp) -> String? {
        guard let day = ODataDate(utc: moment) else { return nil }
        let ofDay = ((moment.millisecondsSince1970 % 86_400_000) + 86_400_000) % 86_400_000
        let clock = [ofDay / 3_600_000, ofDay / 60_000 % 60, ofDay / 1000 % 60].map { digits($0, 2) }
        let fraction = ofDay % 1000 == 0 ? "" : ".\(digits(ofDay % 1000, 3))"
        return "\(day)T\(clock.joined(separator: ":"))\(fraction)Z"
    }

    private static func digits(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Milliseconds since 1970 UTC. An offset behind them only says in which zone the writer was
    /// (DataContractJsonSerializer): the number is UTC already.
    private static func parseEpoch(_ text: String) -> Timestamp? {
        guard let match = text.wholeMatch(of: /\/Date\((-?[0-9]{1,18})([+-][0-9]{4})?\)\//) else { return nil }
        return Int64(match.1).map(Timestamp.init(millisecondsSince1970:))
    }

    /// RFC 3339 date and time; a fraction is cut to milliseconds.
    private static func parseISO8601(_ text: String) -> Timestamp? {
        let pattern =
            /(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})/
            .asciiOnlyDigits()
        guard let match = text.wholeMatch(of: pattern),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
            let date = CivilDate(year: year, month: month, day: day),
            let hour = Int(match.4), let minute = Int(match.5), let second = Int(match.6),
            hour < 24, minute < 60, second < 60,
            let offset = offsetMinutes(match.8)
        else { return nil }
        let fraction = (match.7.map(String.init) ?? "") + "000"
        let seconds = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + (minute - offset) * 60 + second)
        return Timestamp(millisecondsSince1970: seconds * 1000 + (Int64(fraction.prefix(3)) ?? 0))
    }

    private static func offsetMinutes(_ text: Substring) -> Int? {
        guard text != "Z" else { return 0 }
        guard let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2)), hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (text.hasPrefix("-") ? -1 : 1)
    }
}

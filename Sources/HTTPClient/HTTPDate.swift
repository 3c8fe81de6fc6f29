import Foundation

/// The moment that a header such as `Date` or `Retry-After` names (RFC 9110 §5.6.7).
public enum HTTPDate {
    /// - Parameter text: `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that servers may send.
    /// - Returns: `nil` for any other.
    public static func secondsSince1970(_ text: String) -> Int64? {
        let pattern = /[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT/
        guard let match = text.wholeMatch(of: pattern), let month = months.firstIndex(of: match.2) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let components = DateComponents(
            calendar: calendar, year: Int(match.3), month: month + 1, day: Int(match.1), hour: Int(match.4),
            minute: Int(match.5), second: Int(match.6))
        guard components.isValidDate, let date = components.date else { return nil }
        return Int64(date.timeIntervalSince1970)
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

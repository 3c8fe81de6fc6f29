import Foundation

/// `date: noon`, or `date: { as: noon, zone: Europe/Vienna, addDays: 2 }`.
public struct DateRule: Sendable, Equatable {
    /// Days that may be added or taken off.
    public static let mostDays = 3660

    public var form: DateForm
    /// The time zone whose calendar says which day a moment is; UTC otherwise.
    public var zone: String?
    public var addedDays: Int

    public init(_ form: DateForm, zone: String? = nil, addedDays: Int = 0) {
        self.form = form
        self.zone = zone
        self.addedDays = addedDays
    }

    /// - Returns: `nil` for what is no moment; a text that is empty for the platforms' empty dates.
    func apply(to text: String) -> String? {
        if CivilMoment.isEmptyDate(text) { return "" }
        guard var moment = CivilMoment(text) else { return nil }
        if let zone, moment.hasTime, let zone = TimeZone(identifier: zone) {
            let instant = Date(timeIntervalSince1970: Double(moment.seconds))
            moment.seconds += zone.secondsFromGMT(for: instant)
        }
        moment.seconds += addedDays * CivilMoment.secondsOfDay
        return form.text(of: moment)
    }
}

/// Commerce's `YYYY-MM-DD HH:MM:SS` in UTC, or an ISO 8601 moment, in the form that the target wants.
public enum DateForm: String, Sendable, CaseIterable {
    /// The day at noon UTC: F&O keeps days as moments, and noon is the same day in every time zone that has orders.
    case noon
    /// `2026-01-15T09:30:00Z`.
    case moment
    /// `2026-01-15`.
    case day
    /// `2026-01-15 09:30:00`, as Commerce writes moments.
    case stamp

    func text(of moment: CivilMoment) -> String {
        switch self {
        case .noon: "\(moment.day)T12:00:00Z"
        case .moment: "\(moment.day)T\(moment.time)Z"
        case .day: moment.day
        case .stamp: "\(moment.day) \(moment.time)"
        }
    }
}

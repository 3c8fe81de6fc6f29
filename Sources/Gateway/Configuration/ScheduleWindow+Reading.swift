import Foundation
import Relay
import Yams

extension LaneCalendar {
    /// Windows that one list may have.
    static let mostWindows = 32

    /// - Parameter section: Of a lane or a destination, which knows other keys as well.
    init(_ section: ConfigurationSection) {
        self.init(
            pausedDuring: Self.windows(section, "pausedDuring"), onlyDuring: Self.windows(section, "onlyDuring"))
    }

    private static func windows(_ section: ConfigurationSection, _ key: String) -> [ScheduleWindow] {
        let items = section.list(key)
        if items.count > mostWindows {
            section.refuse(key, found: "\(items.count) windows", expected: "at most \(mostWindows)")
        }
        return items.compactMap { item in
            ConfigurationSection(item.node, at: item.path, in: section.reading).flatMap(ScheduleWindow.init)
        }
    }
}

extension ScheduleWindow {
    /// - Returns: `nil` only if a problem was noted.
    fileprivate init?(_ section: ConfigurationSection) {
        defer { section.finish() }
        let time = "a time of day in quotes, such as \"22:00\""
        for key in ["from", "to"] where section.child(key) == nil { section.missing(key, expected: time) }
        let zone = "a time zone such as Europe/Berlin or UTC"
        if section.child("timeZone") == nil { section.missing("timeZone", expected: zone) }
        let days = Self.days(section)
        let from = section.value("from", expected: time) { Self.minutes($0, to: Self.minutesPerDay - 1) }
        let to = section.value("to", expected: time) { Self.minutes($0, to: Self.minutesPerDay) }
        let timeZone = section.value("timeZone", expected: zone, TimeZone.init(identifier:))
        guard let days, let from, let to, let timeZone else { return nil }
        guard from != to, to > 0 else {
            section.refuse(
                "to", found: "the end of \(from == to ? "nothing" : "the day before")",
                expected: "another time than from; a whole day is from \"00:00\" to \"24:00\"")
            return nil
        }
        self.init(days: days, from: from, to: to, timeZone: timeZone)
    }

    private static func days(_ section: ConfigurationSection) -> Set<Day>? {
        guard section.child("days") != nil else { return Set(Day.allCases) }
        let expected = "days: [ " + Day.allCases.map(\.rawValue).joined(separator: ", ") + " ], or some of them"
        let items = section.list("days")
        if items.isEmpty { section.refuse("days", found: "no day", expected: expected) }
        let days = items.compactMap { item -> Day? in
            guard let text = section.scalar(item.node, at: item.path, expected: expected) else { return nil }
            if let day = Day(rawValue: text) { return day }
            section.reading.note(item.node, item.path, found: "\"\(text)\"", expected: expected)
            return nil
        }
        return days.count == items.count && !days.isEmpty ? Set(days) : nil
    }

    /// `22:00` in minutes.
    private static func minutes(_ text: String, to last: Int) -> Int? {
        guard let match = text.wholeMatch(of: /([0-9]{2}):([0-9]{2})/), let hours = Int(match.1),
            let minutes = Int(match.2), minutes < 60, hours * 60 + minutes <= last
        else { return nil }
        return hours * 60 + minutes
    }
}

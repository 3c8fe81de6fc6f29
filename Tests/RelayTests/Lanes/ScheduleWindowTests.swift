import Foundation
import Testing

@testable import Relay

extension Timestamp {
    /// - Parameter text: `2026-03-29T01:30:00Z`
    init(_ text: String) {
        let date = try? Date(text, strategy: .iso8601)
        self.init(millisecondsSince1970: Int64((date ?? .distantPast).timeIntervalSince1970 * 1000))
    }
}

@Suite("Windows of the week")
struct ScheduleWindowTests {
    static let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    static func window(
        _ from: Int, _ to: Int, _ days: ScheduleWindow.Day..., zone: TimeZone = berlin
    ) -> ScheduleWindow {
        ScheduleWindow(
            days: days.isEmpty ? Set(ScheduleWindow.Day.allCases) : Set(days), from: from * 60, to: to * 60,
            timeZone: zone)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let window: ScheduleWindow
        let moment: String
        let isInside: Bool

        init(_ name: String, _ window: ScheduleWindow, _ moment: String, _ isInside: Bool) {
            testDescription = name
            self.window = window
            self.moment = moment
            self.isInside = isInside
        }
    }

    /// Berlin is at UTC+1 in winter and UTC+2 in summer; 2026-03-29 and 2026-10-25 are Sundays of change.
    static let rows = [
        Row("at its beginning", window(22, 23), "2026-01-14T21:00:00Z", true),
        Row("a moment before", window(22, 23), "2026-01-14T20:59:59Z", false),
        Row("at its last minute", window(22, 23), "2026-01-14T21:59:59Z", true),
        Row("at its end", window(22, 23), "2026-01-14T22:00:00Z", false),
        Row("on its day", window(0, 24, .wed), "2026-01-14T12:00:00Z", true),
        Row("on another day", window(0, 24, .thu), "2026-01-14T12:00:00Z", false),
        Row("the local day counts, not UTC's", window(0, 24, .thu), "2026-01-14T23:30:00Z", true),
        Row("the end of a day is in it", window(0, 24, .wed), "2026-01-14T22:59:59Z", true),
        Row("over midnight, before it", window(22, 4, .sat), "2026-01-17T21:30:00Z", true),
        Row("over midnight, after it", window(22, 4, .sat), "2026-01-18T02:59:00Z", true),
        Row("over midnight, at its end", window(22, 4, .sat), "2026-01-18T03:00:00Z", false),
        Row("over midnight, on the morning of its day", window(22, 4, .sat), "2026-01-17T01:00:00Z", false),
        Row("over midnight from Sunday to Monday", window(22, 4, .sun), "2026-01-19T01:00:00Z", true),
        Row("summer time moves it", window(22, 23), "2026-07-15T20:00:00Z", true),
        Row("and out of the winter's hour", window(22, 23), "2026-07-15T21:00:00Z", false),
        Row("before the hour that is skipped", window(1, 4), "2026-03-29T00:59:59Z", true),
        Row("after the hour that is skipped", window(1, 4), "2026-03-29T01:00:00Z", true),
        Row("a window that is skipped as a whole", window(2, 3), "2026-03-29T01:00:00Z", false),
        Row("and is there on the next day", window(2, 3), "2026-03-30T00:00:00Z", true),
        Row("an hour that comes twice, the first time", window(2, 3), "2026-10-25T00:30:00Z", true),
        Row("an hour that comes twice, the second time", window(2, 3), "2026-10-25T01:30:00Z", true),
        Row(
            "a place ahead of UTC", window(0, 1, .thu, zone: TimeZone(identifier: "Asia/Tokyo") ?? .gmt),
            "2026-01-14T15:30:00Z", true),
        Row(
            "a place behind UTC", window(23, 24, .tue, zone: TimeZone(identifier: "America/New_York") ?? .gmt),
            "2026-01-14T04:30:00Z", true),
        Row(
            "a half-hour offset", window(5, 6, zone: TimeZone(identifier: "Asia/Kolkata") ?? .gmt),
            "2026-01-13T23:30:00Z", true),
        Row("before 1970", window(0, 24, .wed, zone: .gmt), "1969-12-31T12:00:00Z", true),
    ]

    @Test("a moment is inside if the clock on the wall of the place says so", arguments: rows)
    func contains(_ row: Row) {
        #expect(row.window.contains(Timestamp(row.moment)) == row.isInside)
    }

    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let calendar: LaneCalendar
        let moment: String
        let isPaused: Bool
        let next: String?

        init(_ name: String, _ calendar: LaneCalendar, _ moment: String, _ isPaused: Bool, _ next: String?) {
            testDescription = name
            self.calendar = calendar
            self.moment = moment
            self.isPaused = isPaused
            self.next = next
        }
    }

    static func paused(_ windows: ScheduleWindow...) -> LaneCalendar { LaneCalendar(pausedDuring: windows) }
    static func only(_ windows: ScheduleWindow...) -> LaneCalendar { LaneCalendar(onlyDuring: windows) }

    static let changes = [
        Change("no windows", LaneCalendar(), "2026-01-14T12:00:00Z", false, nil),
        Change("always paused", paused(window(0, 24)), "2026-01-14T12:00:00Z", true, nil),
        Change(
            "maintenance later today", paused(window(22, 4)), "2026-01-14T12:00:00Z", false, "2026-01-14T21:00:00Z"),
        Change("maintenance now", paused(window(22, 4)), "2026-01-14T21:30:00Z", true, "2026-01-15T03:00:00Z"),
        Change("in milliseconds", paused(window(22, 4)), "2026-01-14T20:59:59Z", false, "2026-01-14T21:00:00Z"),
        Change(
            "maintenance in six days", paused(window(22, 4, .sat)), "2026-01-18T12:00:00Z", false,
            "2026-01-24T21:00:00Z"),
        Change(
            "two windows that meet", paused(window(22, 24), window(0, 4)), "2026-01-14T21:30:00Z", true,
            "2026-01-15T03:00:00Z"),
        Change(
            "a weekend of two whole days", paused(window(0, 24, .sat, .sun)), "2026-01-17T12:00:00Z", true,
            "2026-01-18T23:00:00Z"),
        Change("off-peak only, at noon", only(window(22, 4)), "2026-01-14T12:00:00Z", true, "2026-01-14T21:00:00Z"),
        Change("off-peak only, at night", only(window(22, 4)), "2026-01-14T23:00:00Z", false, "2026-01-15T03:00:00Z"),
        Change(
            "maintenance within off-peak", LaneCalendar(pausedDuring: [window(1, 2)], onlyDuring: [window(22, 4)]),
            "2026-01-14T23:30:00Z", false, "2026-01-15T00:00:00Z"),
        Change(
            "across the change to summer time", paused(window(22, 4)), "2026-03-28T21:30:00Z", true,
            "2026-03-29T02:00:00Z"),
        Change(
            "across the change to winter time", paused(window(22, 4)), "2026-10-24T20:30:00Z", true,
            "2026-10-25T03:00:00Z"),
        Change(
            "an end in the hour that is skipped", paused(ScheduleWindow(from: 60, to: 150, timeZone: berlin)),
            "2026-03-29T00:30:00Z", true, "2026-03-29T01:00:00Z"),
        Change(
            "an end in the hour that comes twice", paused(ScheduleWindow(from: 60, to: 150, timeZone: berlin)),
            "2026-10-25T00:00:00Z", true, "2026-10-25T00:30:00Z"),
        Change(
            "and begins again", paused(ScheduleWindow(from: 60, to: 150, timeZone: berlin)), "2026-10-25T00:45:00Z",
            false, "2026-10-25T01:00:00Z"),
    ]

    @Test("a lane knows when it pauses or goes on next", arguments: changes)
    func nextChange(_ row: Change) {
        let moment = Timestamp(row.moment)
        #expect(row.calendar.isPaused(at: moment) == row.isPaused)
        #expect(row.calendar.nextChange(after: moment) == row.next.map { Timestamp($0) })
    }

    @Test("is right about every half hour of a year, asked from change to change")
    func agrees() {
        let calendar = LaneCalendar(
            pausedDuring: [Self.window(22, 4, .sat, .sun), Self.window(2, 3)], onlyDuring: [Self.window(1, 23)])
        var moment = Timestamp("2026-01-01T00:00:00Z")
        let end = Timestamp("2027-01-01T00:00:00Z")
        var change = calendar.nextChange(after: moment)
        while moment < end {
            let before = calendar.isPaused(at: moment)
            let next = moment + .seconds(1800)
            if calendar.isPaused(at: next) != before { #expect(change == next) }
            if let known = change, known <= next { change = calendar.nextChange(after: known) }
            moment = next
        }
    }
}

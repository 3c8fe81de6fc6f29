import Foundation
import Testing

@testable import Relay

@Suite("What a lane may do")
struct LaneGateTests {
    static let now = Timestamp("2026-01-14T12:00:00Z")
    static let always = LaneCalendar(pausedDuring: [ScheduleWindow(from: 0, to: 1440, timeZone: .gmt)])
    static let untilFour = LaneCalendar(pausedDuring: [ScheduleWindow(from: 0, to: 16 * 60, timeZone: .gmt)])

    static func pause(_ lane: String, minutes: Int? = nil) -> LanePause {
        LanePause(
            lane: lane, since: now + .seconds(-60), until: minutes.map { now + .seconds($0 * 60) }, by: "jane",
            why: "Stocktaking.")
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var calendars: [LaneCalendar] = []
        var pauses: [LanePause] = []
        var capacity: Int?
        var hold: Duration?
        var concurrency = 0
        var stop: LaneStop?
        var changesIn: Duration?
    }

    static let rows = [
        Row(testDescription: "nothing stops it", concurrency: 8),
        Row(testDescription: "a destination that takes more", capacity: 16, concurrency: 8),
        Row(testDescription: "a destination that takes less", capacity: 3, concurrency: 3),
        Row(
            testDescription: "a destination that takes nothing", capacity: 0, hold: .seconds(9),
            stop: .held(until: now + .seconds(9)), changesIn: .seconds(9)),
        Row(
            testDescription: "paused by hand", pauses: [pause("dynamics/Orders")],
            stop: .paused(pause("dynamics/Orders"))),
        Row(
            testDescription: "paused by hand for a while", pauses: [pause("dynamics/Orders", minutes: 5)],
            stop: .paused(pause("dynamics/Orders", minutes: 5)), changesIn: .seconds(300)),
        Row(testDescription: "with its destination", pauses: [pause("dynamics")], stop: .paused(pause("dynamics"))),
        Row(testDescription: "a pause that is over", pauses: [pause("dynamics/Orders", minutes: 0)], concurrency: 8),
        Row(testDescription: "another lane's pause", pauses: [pause("dynamics/OrdersToo")], concurrency: 8),
        Row(testDescription: "another destination's pause", pauses: [pause("dyna")], concurrency: 8),
        Row(
            testDescription: "a window", calendars: [LaneCalendar(), untilFour],
            stop: .scheduled(until: now + .seconds(4 * 3600)), changesIn: .seconds(4 * 3600)),
        Row(testDescription: "a window without end", calendars: [always], stop: .scheduled(until: nil)),
        Row(
            testDescription: "a hand goes before a window, and both before the destination", calendars: [untilFour],
            pauses: [pause("dynamics")], capacity: 0, hold: .seconds(9), stop: .paused(pause("dynamics"))),
    ]

    @Test("what stops it, and until when", arguments: rows)
    func stops(_ row: Row) {
        let gate = LaneGate(
            lane: "dynamics/Orders", LaneSettings(concurrency: 8, calendars: row.calendars), pauses: row.pauses,
            room: row.capacity.map { ($0, row.hold) }, wall: Self.now)
        #expect(gate.concurrency == row.concurrency)
        #expect(gate.stop == row.stop)
        #expect(gate.changesIn == row.changesIn)
    }

    @Test("bulk deliveries get half of it at most, and never nothing", arguments: [(8, 4), (3, 1), (2, 1), (1, 1)])
    func bulk(concurrency: Int, bulk: Int) {
        let gate = LaneGate(
            lane: "a", LaneSettings(concurrency: concurrency), pauses: [], room: nil, wall: Self.now)
        #expect(gate.bulk == bulk)
    }
}

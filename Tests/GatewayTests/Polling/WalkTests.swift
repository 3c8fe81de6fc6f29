import Commerce
import Dynamics
import Relay
import Testing

@testable import Gateway

private func at(_ seconds: Int64) -> Timestamp { Timestamp(millisecondsSince1970: seconds * 1000) }
private func cursor(_ seconds: Int64, _ id: Int = 0) -> ChangeCursor {
    ChangeCursor(updatedAt: at(seconds), entityID: id)
}

@Suite("Where a poller stands in a list sorted by time")
struct StampedWalkTests {
    private let overlap = Duration.seconds(60)

    @Test("a walk begins an overlap before the newest record that was seen, and the overlap never piles up")
    func overlaps() {
        var walk = StampedWalk(from: at(1000))
        #expect(walk.start(overlap: overlap) == cursor(940))
        walk = walk.advanced(to: cursor(1200, 7), isLast: true, now: at(2000))
        #expect(walk.seen == cursor(1200, 7) && walk.start(overlap: overlap) == cursor(1140))
        walk = walk.advanced(to: cursor(1150, 3), isLast: true, now: at(2000))
        #expect(walk.seen == cursor(1200, 7))
        walk = walk.advanced(to: nil, isLast: true, now: at(2000))
        #expect(walk.start(overlap: overlap) == cursor(1140))
    }

    @Test("a walk that is cut off by the limit of a round goes on where it was, also within the overlap")
    func limits() {
        let begun = StampedWalk(from: at(1000)).advanced(to: cursor(950, 4), isLast: false, now: at(2000))
        #expect(begun.start(overlap: overlap) == cursor(950, 4))
        let later = begun.advanced(to: cursor(950, 9), isLast: false, now: at(2000))
        #expect(later.start(overlap: overlap) == cursor(950, 9) && later.seen == cursor(1000))
        #expect(later.advanced(to: nil, isLast: true, now: at(2000)).start(overlap: overlap) == cursor(940))
    }

    @Test("a record that claims to be of the future puts none into the past")
    func future() {
        let walk = StampedWalk(from: at(1000)).advanced(to: cursor(99_999, 1), isLast: true, now: at(2000))
        #expect(walk.seen == cursor(2000))
    }

    @Test("a position outlives the process as text, and one of another version is none")
    func text() {
        let walk = StampedWalk(from: at(1000)).advanced(to: cursor(1200, 7), isLast: false, now: at(2000))
        #expect(ListPosition.read(ListPosition.text(walk), as: StampedWalk.self) == walk)
        for text in [nil, "", "{}", "[1]", "7"] {
            #expect(ListPosition.read(text, as: StampedWalk.self) == nil)
        }
    }
}

@Suite("Where a poller stands in a list sorted by date")
struct DatedWalkTests {
    private func day(_ day: Int, _ month: Int = 1) throws -> ODataDate {
        try #require(ODataDate(year: 2026, month: month, day: day))
    }

    @Test("an overlap is whole days, rounded up", arguments: [(0, 15), (1, 14), (86_400, 14), (86_401, 13)])
    func overlap(seconds: Int64, expected: Int) throws {
        let walk = DatedWalk(from: try day(15))
        #expect(walk.start(overlap: .seconds(seconds)) == .init(day: try day(expected)))
    }

    @Test("a walk under way counts how many of its day it has seen, whatever the overlap")
    func skips() throws {
        let start = DatedWalk.Place(day: try day(10))
        let first = DatedWalk(from: try day(12)).advanced(
            by: [try day(10), try day(11), try day(11)], from: start, isLast: false, today: try day(20))
        #expect(first.walk == .init(day: try day(11), skip: 2))
        #expect(first.seen == DatedWalk(from: try day(12)).seen)
        let place = first.start(overlap: .seconds(86_400 * 7))
        let second = first.advanced(
            by: [try day(11), try day(11), try day(11)], from: place, isLast: false, today: try day(20))
        #expect(second.walk == .init(day: try day(11), skip: 5))
        let last = second.advanced(
            by: [try day(18)], from: second.start(overlap: .zero), isLast: true, today: try day(20))
        #expect(last == DatedWalk(from: try day(18)))
    }

    @Test("a document that is dated ahead does not put those of today into the past")
    func ahead() throws {
        let walk = DatedWalk(from: try day(15))
        let next = walk.advanced(
            by: [try day(31, 12)], from: walk.start(overlap: .zero), isLast: true, today: try day(16))
        #expect(next.seen == DatedWalk(from: try day(16)).seen)
    }

    @Test("an empty page ends the walk and changes nothing else")
    func empty() throws {
        let walk = DatedWalk(from: try day(15))
        #expect(walk.advanced(by: [], from: walk.start(overlap: .zero), isLast: true, today: try day(16)) == walk)
    }
}

import Relay
import Testing

@testable import Gateway

/// Turns a book by hand: what is found at which second, and what a channel then hears.
private struct Turn: CustomTestStringConvertible {
    let testDescription: String
    /// Seconds → what is found then.
    let found: [(Int64, [Alert])]
    let heard: [String]
}

private let turns: [Turn] = [
    Turn(
        testDescription: "something that is there once is not told", found: [(0, [.parked()]), (10, [])], heard: []),
    Turn(
        testDescription: "something that stays is told once",
        found: [(0, [.parked()]), (15, [.parked()]), (30, [.parked()]), (45, [.parked()]), (600, [.parked()])],
        heard: ["raised"]),
    Turn(
        testDescription: "a gap before it was told begins the wait anew",
        found: [(0, [.parked()]), (20, []), (30, [.parked()]), (50, [.parked()])], heard: []),
    Turn(
        testDescription: "a short gap afterwards is no news",
        found: [(0, [.parked()]), (30, [.parked()]), (40, []), (60, [.parked()]), (90, [.parked()])],
        heard: ["raised"]),
    Turn(
        testDescription: "its end is told once",
        found: [(0, [.parked()]), (30, [.parked()]), (40, []), (70, []), (90, []), (900, [])],
        heard: ["raised", "resolved"]),
    Turn(
        testDescription: "its return after the end is told again",
        found: [(0, [.parked()]), (30, [.parked()]), (40, []), (70, []), (80, [.parked()]), (110, [.parked()])],
        heard: ["raised", "resolved", "raised"]),
    Turn(
        testDescription: "a few more are no news",
        found: [(0, [.parked(2)]), (30, [.parked(2)]), (45, [.parked(19)])], heard: ["raised"]),
    Turn(
        testDescription: "ten times as many are worse, each tenfold once",
        found: [
            (0, [.parked(2)]), (30, [.parked(2)]), (45, [.parked(20)]), (60, [.parked(25)]), (75, [.parked(3)]),
            (90, [.parked(30)]), (105, [.parked(200)]),
        ], heard: ["raised", "worse", "worse"]),
    Turn(
        testDescription: "a higher severity is worse, going back is not",
        found: [
            (0, [.silence(.warning)]), (10, [.silence(.critical)]), (20, [.silence(.warning)]),
            (30, [.silence(.critical)]),
        ], heard: ["raised", "worse"]),
    Turn(
        testDescription: "what is measured over time is told at once",
        found: [(0, [.silence(.warning)])], heard: ["raised"]),
    Turn(
        testDescription: "a clock that is set back delays nothing for long",
        found: [(10_000, [.parked()]), (0, [.parked()]), (30, [.parked()]), (40, []), (0, []), (30, [])],
        heard: ["raised", "resolved"]),
]

extension Alert {
    fileprivate static func silence(_ severity: AlertSeverity) -> Alert {
        Alert(.silence, ["commerce"], severity: severity, title: "Silence", text: [], since: start)
    }
}

@Suite("The book of alerts")
struct AlertBookTests {
    @Test("tells changes and nothing else", arguments: turns)
    private func hears(_ turn: Turn) {
        var book = AlertBook(settle: .seconds(30))
        var heard: [String] = []
        for (second, alerts) in turn.found {
            let now = start + .seconds(second)
            _ = book.update(AlertFindings(alerts: alerts), at: now)
            for notice in book.notices(for: "a") {
                heard.append(notice.change.rawValue)
                book.told(notice, to: "a", at: now)
            }
            #expect(book.notices(for: "a").isEmpty)
        }
        #expect(heard == turn.heard)
    }

    private func bookWithParked(blind: Set<AlertKind> = []) -> AlertBook {
        var book = AlertBook(settle: .seconds(30))
        for second in [0, 30] as [Int64] {
            _ = book.update(AlertFindings(alerts: [.parked()]), at: start + .seconds(second))
        }
        return book
    }

    @Test("does not take something for mended that could not be looked at")
    func blind() {
        var book = bookWithParked()
        for second in [60, 120, 600] as [Int64] {
            let changes = book.update(AlertFindings(blind: [.parked]), at: start + .seconds(second))
            #expect(changes == AlertBook.Changes())
        }
    }

    @Test("tells each channel what it does not know yet, whatever the others know")
    func channels() {
        var book = bookWithParked()
        let now = start + .seconds(30)
        for notice in book.notices(for: "a") { book.told(notice, to: "a", at: now) }
        #expect(book.notices(for: "a").isEmpty)
        #expect(book.notices(for: "b").map(\.change) == [.raised])
        for second in [40, 70] as [Int64] { _ = book.update(AlertFindings(), at: start + .seconds(second)) }
        #expect(book.notices(for: "a").map(\.change) == [.resolved])
        #expect(book.notices(for: "b").isEmpty, "b never heard of it")
    }

    @Test("tells a channel the end of what ended while its notice was on the way")
    func overtaken() throws {
        var book = bookWithParked()
        let raised = try #require(book.notices(for: "a").first)
        for second in [40, 70] as [Int64] { _ = book.update(AlertFindings(), at: start + .seconds(second)) }
        #expect(book.entries.isEmpty)
        book.told(raised, to: "a", at: start + .seconds(80))
        #expect(book.notices(for: "a").map(\.change) == [.resolved])
    }

    @Test("a channel that does not know yet that it was over hears nothing when it is back")
    func backBeforeTold() throws {
        var book = bookWithParked()
        book.told(try #require(book.notices(for: "a").first), to: "a", at: start + .seconds(30))
        for second in [40, 70] as [Int64] { _ = book.update(AlertFindings(), at: start + .seconds(second)) }
        for second in [80, 110] as [Int64] {
            _ = book.update(AlertFindings(alerts: [.parked()]), at: start + .seconds(second))
        }
        #expect(book.notices(for: "a").isEmpty)
        #expect(book.notices(for: "b").map(\.change) == [.raised])
    }

    @Test("gives the same news the same id, and different news different ones")
    func ids() throws {
        var book = bookWithParked()
        let raised = try #require(book.notices(for: "a").first)
        _ = book.update(AlertFindings(alerts: [.parked(2)]), at: start + .seconds(45))
        #expect(book.notices(for: "a").first?.id == raised.id)
        #expect(raised.id.wholeMatch(of: /msg_[0-9a-f]{32}/) != nil)
        book.told(raised, to: "a", at: start)
        _ = book.update(AlertFindings(alerts: [.parked(20)]), at: start + .seconds(60))
        #expect(book.notices(for: "a").first?.id != raised.id)
    }

    @Test("forgets what is over once everybody knows, and after a week also if somebody can't be told")
    func forgets() {
        var book = bookWithParked()
        for notice in book.notices(for: "a") { book.told(notice, to: "a", at: start) }
        for second in [40, 70] as [Int64] { _ = book.update(AlertFindings(), at: start + .seconds(second)) }
        #expect(book.entries.count == 1)
        _ = book.update(AlertFindings(), at: start + .seconds(7 * 86_400))
        #expect(book.entries.count == 1)
        _ = book.update(AlertFindings(), at: start + .seconds(7 * 86_400 + 100))
        #expect(book.entries.isEmpty)
    }

    @Test("goes on after a restart where it was", arguments: [0, 1])
    func restored(_ told: Int) throws {
        var book = bookWithParked()
        if told == 1 { for notice in book.notices(for: "a") { book.told(notice, to: "a", at: start) } }
        let records = try book.entries.values.map { try $0.remembered }
        var next = AlertBook(settle: .seconds(30))
        next.restore(records.compactMap(AlertEntry.init))
        #expect(next.entries == book.entries)
        _ = next.update(AlertFindings(alerts: [.parked()]), at: start + .seconds(500))
        #expect(next.notices(for: "a").count == 1 - told)
    }

    @Test("drops what another version wrote in another shape", arguments: ["", "{}", "text", #"{"alert":{}}"#])
    func otherShape(_ text: String) {
        let record = RememberedAlert(cause: "x", since: start, detail: Array(text.utf8))
        #expect(AlertEntry(record) == nil)
    }

    @Test("saves only what was raised")
    func unsaved() {
        var book = AlertBook(settle: .seconds(30))
        _ = book.update(AlertFindings(alerts: [.parked()]), at: start)
        _ = book.update(AlertFindings(), at: start + .seconds(5))
        #expect(book.unsaved.isEmpty && book.entries.isEmpty)
        #expect(bookWithParked().unsaved.count == 1)
    }
}

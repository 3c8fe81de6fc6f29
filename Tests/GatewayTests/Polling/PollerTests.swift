import Relay
import Synchronization
import Testing

@testable import Gateway

@Suite("A poller")
struct PollerTests {
    @Test("stores what a list brings page by page, moves its cursor with each, and wakes the lanes")
    func round() async throws {
        let list = NumberList(5)
        let stage = PollStage(list)
        #expect(try await stage.poller.round() == PollRound(pages: 3, rows: 5, stored: 5, isComplete: true))
        #expect(stage.subjects == (0..<5).map { "number \($0)" } && stage.woken.value.count == 5)
        #expect(stage.book.with { $0.cursors["shop/numbers"]?.position } == "5")
        #expect(try await stage.poller.round() == PollRound(pages: 1, rows: 0, stored: 0, isComplete: true))
        list.grow(to: 6)
        #expect(try await stage.poller.round().stored == 1)
        #expect(stage.poller.standing.standing.tally == [.stored: 6])
        #expect(stage.signals.lastArrivals["commercePolling"] == stage.clock.now())
    }

    @Test("reads no more pages in a round than its limit, and goes on in the next")
    func limit() async throws {
        let stage = PollStage(NumberList(5), PollSettings(pagesPerRound: 2))
        #expect(try await stage.poller.round() == PollRound(pages: 2, rows: 4, stored: 4, isComplete: false))
        #expect(try await stage.poller.round() == PollRound(pages: 1, rows: 1, stored: 1, isComplete: true))
    }

    @Test("a restart between a page and its commit loses nothing, and one right after it doubles nothing")
    func restart() async throws {
        for failure in [MemoryCursorBook.Failure.before, .after] {
            let book = MemoryCursorBook()
            book.with { $0.nextFailure = failure }
            await #expect(throws: StoreFault.self) { try await PollStage(NumberList(5), book: book).poller.round() }
            #expect(book.with { ($0.cursors.count, $0.events.count) } == (failure == .before ? (0, 0) : (1, 2)))
            let next = PollStage(NumberList(5), book: book)
            _ = try await next.poller.round()
            #expect(next.subjects == (0..<5).map { "number \($0)" })
        }
    }

    @Test("a platform that is down for a round is shown as trouble, moves nothing, and is asked again")
    func down() async throws {
        let list = NumberList(1)
        let stage = PollStage(list)
        list.fail(StoreFault.failed("down"))
        await #expect(throws: StoreFault.self) { try await stage.poller.round() }
        #expect(stage.poller.standing.standing.trouble?.code == "store-unavailable")
        #expect(stage.book.with { $0.cursors.isEmpty } && stage.signals.lastArrivals.isEmpty)
        list.fail(nil)
        #expect(try await stage.poller.round().stored == 1)
        #expect(stage.poller.standing.standing.trouble == nil)
    }

    @Test("goes back for a person; what is stored already stays as it is")
    func back() async throws {
        let stage = PollStage(NumberList(3))
        _ = try await stage.poller.round()
        let act = OperatorAct(by: "anna", why: "to be sure", at: stage.clock.now())
        let cursor = try await stage.poller.goBack(to: stage.clock.now(), act: act)
        #expect(cursor.position == "0")
        #expect(try await stage.poller.round() == PollRound(pages: 2, rows: 3, duplicates: 3, isComplete: true))
        #expect(stage.subjects.count == 3)
    }

    @Test("makes one round at a time")
    func busy() async throws {
        let list = WaitingList()
        let stage = PollStage(list)
        async let first = stage.poller.round()
        await list.asked()
        await #expect(throws: Poller.Busy.self) { try await stage.poller.round() }
        let act = OperatorAct(by: "anna", why: "why", at: stage.clock.now())
        await #expect(throws: Poller.Busy.self) { try await stage.poller.goBack(to: act.at, act: act) }
        list.open()
        #expect(try await first.isComplete)
    }
}

/// Answers when it is told to.
private final class WaitingList: PollSource {
    let name = "shop/waiting"
    let place = "GET /waiting"
    let forgetsRowsGoingBack = false
    private let gate = AsyncStream.makeStream(of: Void.self)
    private let calls = AsyncStream.makeStream(of: Void.self)

    func open() { gate.continuation.finish() }
    func asked() async { for await _ in calls.stream { return } }
    func position(since moment: Timestamp, now: Timestamp) -> String { "" }

    func page(at position: String?, now: Timestamp, book: any CursorBook) async throws -> PollPage {
        calls.continuation.yield()
        for await _ in gate.stream {}
        return PollPage(rows: 0, events: [], position: "x", isLast: true)
    }
}

@Suite("A list without a time of change")
struct RowScanTests {
    /// Rows by key, two on a page.
    final class Rows: ScannedList {
        let content: Shared<[(String, String)]>
        init(_ rows: [(String, String)]) { content = Shared(rows) }

        func rows(from place: Int, now: Timestamp) async throws -> (rows: [ScannedRow], next: Int?) {
            let all = content.value
            let page = all.dropFirst(place).prefix(2).map { key, text in
                ScannedRow(key: key, content: Array(text.utf8)) { occurrence in
                    .numbered(Int(key) ?? 0, "\(occurrence) \(text)", at: now)
                }
            }
            return (page, place + 2 < all.count ? place + 2 : nil)
        }
    }

    private func stage(_ rows: Rows, from: PollSettings.Start = .now) -> PollStage {
        PollStage(RowScan(name: "shop/rows", place: "GET /rows", from: from, list: rows))
    }

    @Test("learns what is there, then tells of rows that are new or differ, and forgets those that are gone")
    func differences() async throws {
        let rows = Rows([("1", "a"), ("2", "b"), ("3", "c")])
        let stage = stage(rows)
        #expect(try await stage.poller.round() == PollRound(pages: 2, rows: 3, stored: 0, isComplete: true))
        stage.clock.advance(by: .seconds(60))
        rows.content.change { $0 = [("1", "a"), ("2", "B"), ("4", "d")] }
        #expect(try await stage.poller.round().stored == 2)
        #expect(stage.subjects == ["number 2", "number 4"])
        #expect(Set(stage.book.with { $0.digests.keys }) == ["1", "2", "4"])
        stage.clock.advance(by: .seconds(60))
        #expect(try await stage.poller.round().stored == 0)
    }

    @Test("a row that returns to what it once was is news all the same")
    func returns() async throws {
        let rows = Rows([("1", "no")])
        let stage = stage(rows)
        for text in ["no", "all", "no", "all"] {
            rows.content.change { $0 = [("1", text)] }
            _ = try await stage.poller.round()
            stage.clock.advance(by: .seconds(60))
        }
        #expect(stage.subjects == ["number 1", "number 1", "number 1"])
    }

    @Test("takes all rows for new if it is to begin earlier, or if a person lets it go back")
    func everything() async throws {
        let rows = Rows([("1", "a"), ("2", "b")])
        let early = stage(rows, from: .at(Timestamp(millisecondsSince1970: 0)))
        #expect(try await early.poller.round().stored == 2)
        let stage = stage(rows)
        #expect(try await stage.poller.round().stored == 0)
        let act = OperatorAct(by: "anna", why: "why", at: stage.clock.now())
        _ = try await stage.poller.goBack(to: act.at, act: act)
        #expect(try await stage.poller.round().stored == 2)
    }
}

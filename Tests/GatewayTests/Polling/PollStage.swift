import Cryptography
import Logging
import Relay
import Synchronization

@testable import Gateway

/// Cursors and events in memory. It fails when it is told to: before a page is stored, or after.
final class MemoryCursorBook: CursorBook {
    enum Failure: Sendable { case before, after }

    struct Content {
        var cursors: [String: PollCursor] = [:]
        var digests: [String: (digest: [UInt8], seenAt: Timestamp)] = [:]
        var events: [NewEvent] = []
        var nextFailure: Failure?
    }

    private let content = Mutex(Content())

    func with<Value>(_ body: (inout Content) -> Value) -> Value { content.withLock { body(&$0) } }

    func cursor(of poller: String) async throws -> PollCursor? { with { $0.cursors[poller] } }

    func digests(of poller: String, keys: [String]) async throws -> [String: [UInt8]] {
        with { content in
            Dictionary(uniqueKeysWithValues: keys.compactMap { key in content.digests[key].map { (key, $0.digest) } })
        }
    }

    func append(_ events: [NewEvent], moving move: CursorMove) async throws -> [Receipt] {
        try content.withLock { content in
            let failure = content.nextFailure
            content.nextFailure = nil
            if failure == .before { throw StoreFault.failed("before") }
            let receipts = events.map { event in
                let known = content.events.firstIndex { $0.dedupKey == event.dedupKey }
                if known == nil { content.events.append(event) }
                return Receipt(
                    event: EventID(Int64(known ?? content.events.count - 1) + 1), isDuplicate: known != nil)
            }
            content.cursors[move.cursor.poller] = move.cursor
            for (key, digest) in move.digests { content.digests[key] = (digest, move.seenAt) }
            if move.forgetsUnseen { content.digests = content.digests.filter { $0.value.seenAt >= move.seenAt } }
            if failure == .after { throw StoreFault.failed("after") }
            return receipts
        }
    }

    func put(_ cursor: PollCursor, forgettingRows: Bool, act: OperatorAct) async throws {
        with { content in
            content.cursors[cursor.poller] = cursor
            if forgettingRows { content.digests = [:] }
        }
    }
}

/// A list of numbers that grows; its position is how many were read.
final class NumberList: PollSource {
    let name = "shop/numbers"
    let place = "GET /numbers"
    let forgetsRowsGoingBack = false
    private let content = Mutex((count: 0, fault: nil as (any Error)?))

    init(_ count: Int = 0) { grow(to: count) }

    func grow(to count: Int) { content.withLock { $0.count = count } }
    func fail(_ fault: (any Error)?) { content.withLock { $0.fault = fault } }

    func position(since moment: Timestamp, now: Timestamp) -> String { "0" }

    func page(at position: String?, now: Timestamp, book: any CursorBook) async throws -> PollPage {
        let (count, fault) = content.withLock { $0 }
        if let fault { throw fault }
        let start = position.flatMap { Int($0) } ?? 0
        let end = min(start + 2, count)
        return PollPage(
            rows: end - start, events: (start..<max(start, end)).map { .numbered($0, at: now) },
            position: String(end), isLast: end == count)
    }
}

extension NewEvent {
    static func numbered(_ number: Int, _ occurrence: String = "", at moment: Timestamp) -> NewEvent {
        let body = Array("{}".utf8)
        return NewEvent(
            source: "shop", kind: "number", subject: "number \(number)", dedupKey: "number \(number) \(occurrence)",
            receivedAt: moment, body: body, bodyDigest: SHA256.hash(body),
            routes: [Route(flow: "F", lane: "dynamics/F")])
    }
}

/// A poller over a list and a book in memory.
struct PollStage {
    let book: MemoryCursorBook
    let clock = HandClock()
    let signals: AlertSignals
    let woken = Shared<[String]>([])
    let poller: Poller

    init(_ source: any PollSource, _ settings: PollSettings = PollSettings(), book: MemoryCursorBook = .init()) {
        self.book = book
        signals = AlertSignals(window: .seconds(60), clock: clock)
        let woken = woken
        poller = Poller(
            source, settings, cursors: book,
            intake: Intake(log: FakeStore(), wake: { lane in woken.change { $0.append(lane) } }), signals: signals,
            alertSource: .commercePolling, clock: clock,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    var subjects: [String] { book.with { $0.events.map(\.subject) } }
}

/// A value that copies share.
final class Shared<Value: Sendable>: Sendable {
    private let content: Mutex<Value>
    init(_ value: Value) { content = Mutex(value) }
    var value: Value { content.withLock { $0 } }
    func change(_ body: (inout Value) -> Void) { content.withLock { body(&$0) } }
}

import Logging
import Relay
import Synchronization

/// What a round has brought.
struct PollRound: Sendable, Equatable {
    var pages = 0
    /// Of the list, whether they were new or not.
    var rows = 0
    var stored = 0
    var duplicates = 0
    /// Whether the list was read to its end; otherwise the next round goes on.
    var isComplete = false
}

/// Asks one list for what is new, round by round. A page is stored, and the cursor with it, before the next one is
/// asked for.
final class Poller: Sendable {
    /// A round, or a person's change of the cursor, is under way.
    struct Busy: Error {}

    let source: any PollSource
    let settings: PollSettings
    let cursors: any CursorBook
    let standing: SourceBook
    private let intake: Intake
    private let signals: AlertSignals
    private let alertSource: AlertSource
    private let clock: any WallClock
    private let logger: Logger
    private let isBusy = Atomic(false)

    /// The most of a round that a gateway which stops waits for is the page in hand.
    init(
        _ source: any PollSource, _ settings: PollSettings, cursors: any CursorBook, intake: Intake,
        signals: AlertSignals, alertSource: AlertSource, clock: any WallClock, logger: Logger
    ) {
        self.source = source
        self.settings = settings
        self.cursors = cursors
        self.intake = intake
        self.signals = signals
        self.alertSource = alertSource
        self.clock = clock
        self.logger = logger
        standing = SourceBook(name: source.name, place: source.place, receivers: 1, clock: clock)
    }

    /// Works until it is cancelled. What goes wrong is tried again in the next round.
    func run() async {
        while !Task.isCancelled {
            _ = try? await round()
            do { try await clock.sleep(for: settings.every) } catch { return }
        }
    }

    /// - Throws: ``Busy``, or what the platform or the store said; that is shown as the source's trouble as well.
    func round() async throws -> PollRound {
        try await exclusively {
            do {
                let round = try await walk()
                if standing.answered(withMessage: round.rows > 0) {
                    logger.notice("polling works again", metadata: ["poller": "\(source.name)"])
                }
                signals.arrived(alertSource.rawValue, at: clock.now())
                if round.stored > 0 {
                    logger.info(
                        "polling found what no webhook or event has brought",
                        metadata: ["poller": "\(source.name)", "stored": "\(round.stored)", "rows": "\(round.rows)"])
                }
                return round
            } catch {
                if !Task.isCancelled { note(error) }
                throw error
            }
        }
    }

    /// - Returns: The cursor as it is now.
    func goBack(to moment: Timestamp, act: OperatorAct) async throws -> PollCursor {
        try await exclusively {
            let cursor = PollCursor(
                poller: source.name, position: source.position(since: moment, now: act.at), movedAt: act.at)
            try await cursors.put(cursor, forgettingRows: source.forgetsRowsGoingBack, act: act)
            return cursor
        }
    }

    private func walk() async throws -> PollRound {
        var round = PollRound()
        while round.pages < settings.pagesPerRound, !round.isComplete {
            try Task.checkCancellation()
            let now = clock.now()
            let before = try await cursors.cursor(of: source.name)?.position
            let page = try await source.page(at: before, now: now, book: cursors)
            round.pages += 1
            round.rows += page.rows
            round.isComplete = page.isLast
            guard !page.events.isEmpty || page.position != before || !page.digests.isEmpty || page.forgetsUnseen
            else { continue }
            let move = CursorMove(
                cursor: PollCursor(poller: source.name, position: page.position, movedAt: now),
                digests: page.digests, seenAt: page.seenAt, forgetsUnseen: page.forgetsUnseen)
            for receipt in try await intake.accept(page.events, moving: move, in: cursors) {
                standing.count(receipt.isDuplicate ? .duplicate : .stored)
                if receipt.isDuplicate { round.duplicates += 1 } else { round.stored += 1 }
            }
        }
        return round
    }

    /// One at a time: a person who asks for a round must not double the one that is under way.
    private func exclusively<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard isBusy.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
        else { throw Busy() }
        defer { isBusy.store(false, ordering: .releasing) }
        return try await body()
    }

    private func note(_ error: any Error) {
        let reason = Reason(polling: error)
        if (error as? any DeliveryFault)?.failureKind == .signInRefused { signals.refused(alertSource.rawValue) }
        guard standing.failed(reason) else { return }
        logger.error(
            "polling fails and is tried again in the next round: \(reason)",
            metadata: ["poller": "\(source.name)", "code": "\(reason.code)"])
    }
}

extension Reason {
    init(polling error: any Error) {
        switch error {
        case let fault as any DeliveryFault: self = fault.reason
        case let fault as StoreFault: self.init(code: "store-unavailable", message: "Nothing is stored: \(fault)")
        default: self.init(code: "unreadable-row", message: "\(error)")
        }
    }
}

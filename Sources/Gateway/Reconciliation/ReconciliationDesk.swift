import Flows
import Logging
import Relay

/// Compares both platforms by the clock and when somebody asks, one comparison at a time, and mends what they found.
actor ReconciliationDesk {
    /// How long to wait after one by the clock that could not be finished.
    static let retryAfter = Duration.seconds(900)
    /// What is slept where nothing is compared by the clock.
    private static let idle = Duration.seconds(3600)
    /// Comparisons that are forgotten in one transaction.
    static let forgottenAtOnce = 100

    enum Refused: Error, Equatable {
        /// Another one is at work.
        case running(ReconciliationID)
        /// Nothing in it is old enough to be judged, or it is too long.
        case emptyPeriod
        case longPeriod
        case unknownFinding(Int)
    }

    nonisolated let settings: ReconciliationSettings
    nonisolated let book: any ReconciliationBook
    private let comparing: ReconciliationRun
    private let repairing: FindingRepair
    private let clock: any WallClock
    private let logger: Logger
    private let locks = KeyedLocks<String>()
    private var current: (id: ReconciliationID, work: Task<Void, Never>)?
    private var isBeginning = false

    init(
        _ settings: ReconciliationSettings, book: any ReconciliationBook, comparing: ReconciliationRun,
        repairing: FindingRepair, clock: any WallClock, logger: Logger
    ) {
        self.settings = settings
        self.book = book
        self.comparing = comparing
        self.repairing = repairing
        self.clock = clock
        self.logger = logger
    }

    /// Ends what an earlier process has left, then compares by the clock until it is cancelled.
    func run() async {
        let interrupted = Reason(
            code: "interrupted", message: "The gateway ended in the middle of it.", advice: "Ask for it again.")
        _ = try? await book.interruptReconciliations(interrupted, at: clock.now())
        let schedule = settings.at.map(DailySchedule.init)
        while !Task.isCancelled {
            do {
                guard let schedule else {
                    try await clock.sleep(for: Self.idle)
                    continue
                }
                try await clock.sleep(until: try await due(schedule))
                try await compareBySchedule()
            } catch is CancellationError {
                return
            } catch {
                logger.warning("a comparison could not begin; it is tried again", metadata: ["error": "\(error)"])
                do { try await clock.sleep(for: Self.retryAfter) } catch { return }
            }
        }
    }

    /// The next time of day after the last one by the clock, so that one that was missed is made up for.
    private func due(_ schedule: DailySchedule) async throws -> Timestamp {
        let newest = try await book.reconciliations(before: nil, limit: Self.forgottenAtOnce)
        guard let last = newest.first(where: { $0.asked.by == nil }) else { return schedule.next(after: clock.now()) }
        if last.state == .incomplete { return (last.finishedAt ?? last.startedAt) + Self.retryAfter }
        return schedule.next(after: last.startedAt)
    }

    private func compareBySchedule() async throws {
        let now = clock.now()
        try await book.forgetReconciliations(
            startedBefore: now + (.zero - settings.keep), limit: Self.forgottenAtOnce)
        _ = try await begin(from: now + (.zero - settings.period), until: now, by: nil)
        await settle()
    }

    /// Begins one that goes on by itself.
    /// - Parameter until: Not later than what is old enough to be judged.
    func begin(from: Timestamp, until: Timestamp, by: String?) async throws -> Reconciliation {
        let until = min(until, clock.now() + (.zero - settings.settle))
        guard from < until else { throw Refused.emptyPeriod }
        guard until - from <= ReconciliationPolicy.longestPeriod else { throw Refused.longPeriod }
        if let current { throw Refused.running(current.id) }
        guard !isBeginning else { throw Refused.running(ReconciliationID(0)) }
        isBeginning = true
        defer { isBeginning = false }
        let begun = try await book.begin(NewReconciliation(from: from, until: until, by: by), at: clock.now())
        current = (begun.id, Task { await carryOut(begun) })
        return begun
    }

    private func carryOut(_ begun: Reconciliation) async {
        let end = await comparing.compare(begun.asked)
        current = nil
        do {
            try await book.end(begun.id, end, at: clock.now())
        } catch {
            logger.error(
                "a comparison cannot be saved", metadata: ["reconciliation": "\(begun.id)", "error": "\(error)"])
            return
        }
        let isGood = end.state == .done && end.findings.isEmpty
        logger.log(
            level: isGood ? .info : .warning, "both platforms were compared",
            metadata: [
                "reconciliation": "\(begun.id)", "state": "\(end.state.rawValue)", "orders": "\(end.tally.orders)",
                "findings": "\(end.findings.count)", "code": "\(end.reason?.code ?? "none")",
            ])
    }

    /// Returns when nothing is at work.
    func settle() async { await current?.work.value }

    /// Ends what is at work as incomplete.
    func stop() async {
        current?.work.cancel()
        await settle()
    }

    /// - Returns: The finding as it is now; one that was settled before stays as it was.
    func repair(_ number: Int, of id: ReconciliationID, act: OperatorAct) async throws -> ReconciliationFinding {
        try await locks.withLock("\(id)/\(number)") {
            let finding = try await finding(number, of: id)
            guard finding.state == .open else { return finding }
            let note = try await repairing.perform(finding, of: id, act: act)
            _ = try await book.settle(number, of: id, as: .repaired, note: note, act: act)
            return try await self.finding(number, of: id)
        }
    }

    /// The same for what is right as it is, or was mended by hand.
    func accept(_ number: Int, of id: ReconciliationID, act: OperatorAct) async throws -> ReconciliationFinding {
        _ = try await finding(number, of: id)
        _ = try await book.settle(number, of: id, as: .accepted, note: act.why, act: act)
        return try await finding(number, of: id)
    }

    private func finding(_ number: Int, of id: ReconciliationID) async throws -> ReconciliationFinding {
        guard let finding = try await book.findings(of: id, in: nil, after: number - 1, limit: 1).first,
            finding.number == number
        else { throw Refused.unknownFinding(number) }
        return finding
    }

    /// The newest one that has ended; `nil` if there is none, or the store cannot be read.
    nonisolated func newest() async -> Reconciliation? {
        (try? await book.reconciliations(before: nil, limit: 2))?.first { $0.state != .running }
    }
}

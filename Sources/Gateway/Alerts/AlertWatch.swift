import Logging
import Relay

/// Looks at how things are, keeps the book, and remembers it in the store.
///
/// Saving is a step of its own, so that a store that hangs keeps nobody from being told.
actor AlertWatch {
    /// How often reading what was told before is tried.
    static let maxRecalls = 4

    /// One element whenever there is something to save.
    nonisolated let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation
    private let rules: AlertRules
    private let senses: AlertSenses
    private let memory: any AlertMemory
    private let channels: [String]
    private let clock: any WallClock
    private let metrics: AlertMetrics
    private let logger: Logger
    private var book: AlertBook
    private var hasRecalled = false
    private var recalls = 0
    private var isSaving = false

    /// - Parameter channels: The ids of those who are told.
    init(
        rules: AlertRules, settle: Duration, senses: AlertSenses, memory: any AlertMemory, channels: [String],
        clock: any WallClock, metrics: AlertMetrics, logger: Logger
    ) {
        self.rules = rules
        self.senses = senses
        self.memory = memory
        self.channels = channels
        self.clock = clock
        self.metrics = metrics
        self.logger = logger
        book = AlertBook(settle: settle)
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// One look. Until the memory could be read nothing is raised, since it may be known already.
    func look() async {
        guard await recall() else { return }
        let conditions = await senses.conditions(at: clock.now())
        // What a gateway looks like that stops is no trouble.
        guard !Task.isCancelled else { return }
        let changes = book.update(rules.findings(conditions), at: conditions.now)
        report(changes)
        announceUnsaved()
    }

    /// What stands at the moment, the most serious first.
    var standing: [AlertEntry] {
        book.entries.values.filter(\.isStanding)
            .sorted { ($1.alert.severity, $0.alert.cause) < ($0.alert.severity, $1.alert.cause) }
    }

    func notices(for channel: String) -> [AlertNotice] { book.notices(for: channel) }

    func told(_ notice: AlertNotice, to channel: String) {
        book.told(notice, to: channel, at: clock.now())
        announceUnsaved()
    }

    func mayHaveTold(_ notice: AlertNotice, to channel: String) {
        book.mayHaveTold(notice, to: channel, at: clock.now())
        announceUnsaved()
    }

    private func announceUnsaved() {
        if !book.unsaved.isEmpty { changed.yield() }
    }

    /// - Returns: Whether what was told before is known, or will not be.
    private func recall() async -> Bool {
        guard !hasRecalled else { return true }
        let memory = memory
        let reading = Task { try? await memory.alerts() }
        let remembered = await reading.value(by: ContinuousClock.now + StoreGlance.patience)?.flatMap { $0 }
        recalls += 1
        guard remembered != nil || recalls >= Self.maxRecalls else {
            logger.warning("the alerts of the last run cannot be read; tried again")
            return false
        }
        // Telling twice is better than not telling that the store is in trouble.
        if remembered == nil { logger.error("the alerts of the last run cannot be read; some may be told twice") }
        hasRecalled = true
        book.restore((remembered ?? []).compactMap(AlertEntry.init))
        book.keepOnly(channels: Set(channels), at: clock.now())
        let now = clock.now()
        // A source that was silent before the stop, and of which the store knows no event, stays it.
        let fallbacks = rules.silence.keys.map { source in
            (source, book.entries[Alert.cause(.silence, [source])]?.alert.since ?? now)
        }
        await senses.recallArrivals(Dictionary(uniqueKeysWithValues: fallbacks))
        return true
    }

    private func report(_ changes: AlertBook.Changes) {
        for alert in changes.raised {
            metrics.raised(alert.kind)
            logger.warning("alert: \(alert.title)", metadata: Self.fields(alert))
        }
        for alert in changes.worse { logger.warning("alert, worse: \(alert.title)", metadata: Self.fields(alert)) }
        for alert in changes.resolved { logger.notice("alert over: \(alert.title)", metadata: Self.fields(alert)) }
        metrics.standing(standing.map(\.alert.kind))
    }

    private static func fields(_ alert: Alert) -> Logger.Metadata {
        ["cause": "\(alert.cause)", "severity": "\(alert.severity.rawValue)", "count": "\(alert.count)"]
    }

    /// One at a time, so that no older state is written over a newer one. What cannot be written now is announced
    /// again by the next look.
    func save() async {
        guard !isSaving else { return }
        isSaving = true
        defer { isSaving = false }
        while let cause = book.unsaved.min() {
            // Before the writing begins: what changes meanwhile is written afterwards.
            book.saved(cause)
            do {
                if let entry = book.entries[cause] {
                    try await memory.remember(entry.remembered)
                } else {
                    try await memory.forget(cause: cause)
                }
            } catch {
                book.notSaved(cause)
                logger.warning("an alert cannot be saved; tried again", metadata: ["error": "\(error)"])
                return
            }
        }
    }
}

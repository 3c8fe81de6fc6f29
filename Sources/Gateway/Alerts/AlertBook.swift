import Relay

/// What was found, what was raised, and what each channel was told of it. Pure: the time is handed in.
///
/// A channel is told the difference between how things are and what it was told last. So nothing queues up for one
/// that cannot be reached: when it is back, it hears how things are then.
struct AlertBook: Sendable {
    /// What an update changed, for log and metrics.
    struct Changes: Sendable, Equatable {
        var raised: [Alert] = []
        var worse: [Alert] = []
        var resolved: [Alert] = []
    }

    /// How long a channel that cannot be reached is kept waiting for the news that something is over.
    static let forgetAfter = Duration.seconds(7 * 86_400)

    private let settle: Duration
    private(set) var entries: [String: AlertEntry] = [:]
    /// Causes whose entry differs from what was saved.
    private(set) var unsaved: Set<String> = []

    /// - Parameter settle: How long something must hold to be raised, and be gone to be over.
    init(settle: Duration) { self.settle = settle }

    /// What was known when the process ended.
    mutating func restore(_ entries: [AlertEntry]) {
        for entry in entries { self.entries[entry.alert.cause] = entry }
    }

    mutating func update(_ findings: AlertFindings, at now: Timestamp) -> Changes {
        var changes = Changes()
        let found = Dictionary(findings.alerts.map { ($0.cause, $0) }, uniquingKeysWith: { first, _ in first })
        for (_, alert) in found.sorted(by: { $0.key < $1.key }) { see(alert, at: now, &changes) }
        for (cause, entry) in entries.sorted(by: { $0.key < $1.key }) where found[cause] == nil {
            if !findings.blind.contains(entry.alert.kind) { miss(entry, at: now, &changes) }
            forget(cause, at: now)
        }
        return changes
    }

    private mutating func see(_ alert: Alert, at now: Timestamp, _ changes: inout Changes) {
        let known = entries[alert.cause]
        var entry = known ?? AlertEntry(alert: alert, firstSeenAt: now)
        entry.alert = alert
        entry.alert.since = alert.since ?? known?.alert.since ?? now
        entry.goneSince = nil
        // It is back before everybody knew that it was over.
        if entry.resolvedAt != nil { (entry.resolvedAt, entry.level, entry.firstSeenAt) = (nil, nil, now) }
        // The clock may have been set back.
        entry.firstSeenAt = min(entry.firstSeenAt, now)
        if let level = entry.level {
            if level.isSurpassed(by: alert) {
                entry.level = level.raised(to: alert, at: now)
                changes.worse.append(entry.alert)
                unsaved.insert(alert.cause)
            }
        } else if alert.kind.isSteady || now - entry.firstSeenAt >= settle {
            entry.level = AlertEntry.Level(severity: alert.severity, count: alert.count, at: now)
            // Who was not told yet that it was over needs not be told that it is back.
            for (channel, told) in entry.told where told.level != nil { entry.told[channel]?.level = now }
            changes.raised.append(entry.alert)
            unsaved.insert(alert.cause)
        }
        entries[alert.cause] = entry
    }

    private mutating func miss(_ known: AlertEntry, at now: Timestamp, _ changes: inout Changes) {
        guard known.resolvedAt == nil else { return }
        var entry = known
        let goneSince = min(entry.goneSince ?? now, now)
        entry.goneSince = goneSince
        let wasRaised = entry.level != nil
        if !wasRaised || now - goneSince >= settle {
            entry.resolvedAt = now
            if wasRaised { changes.resolved.append(entry.alert) }
            if entry.isSaved { unsaved.insert(entry.alert.cause) }
        }
        entries[entry.alert.cause] = entry
    }

    /// Drops what is over once everybody knows.
    private mutating func forget(_ cause: String, at now: Timestamp) {
        guard let entry = entries[cause], let resolvedAt = entry.resolvedAt,
            entry.told.isEmpty || now - resolvedAt > Self.forgetAfter
        else { return }
        entries[cause] = nil
        if entry.isSaved { unsaved.insert(cause) }
    }

    /// What this channel should hear, in the order in which it came about.
    func notices(for channel: String) -> [AlertNotice] {
        entries.values.compactMap { $0.notice(for: channel) }
            .sorted { ($0.at, $0.alert.cause) < ($1.at, $1.alert.cause) }
    }

    mutating func told(_ notice: AlertNotice, to channel: String, at now: Timestamp) {
        let cause = notice.alert.cause
        if notice.change == .resolved {
            entries[cause]?.told[channel] = nil
        } else {
            note(AlertEntry.Told(level: notice.at, at: now), of: notice, for: channel)
        }
        unsaved.insert(cause)
        forget(cause, at: now)
    }

    /// It is told again, and should it be over before that, its end is told.
    mutating func mayHaveTold(_ notice: AlertNotice, to channel: String, at now: Timestamp) {
        let cause = notice.alert.cause
        guard notice.change != .resolved, entries[cause]?.told[channel] == nil else { return }
        note(AlertEntry.Told(level: nil, at: now), of: notice, for: channel)
        unsaved.insert(cause)
    }

    private mutating func note(_ told: AlertEntry.Told, of notice: AlertNotice, for channel: String) {
        // It may be over by now, and forgotten since nobody seemed to know of it.
        var entry = entries[notice.alert.cause] ?? AlertEntry(ended: notice, at: told.at)
        entry.told[channel] = told
        entries[notice.alert.cause] = entry
    }

    /// Forgets what channels were told that are gone from the configuration.
    mutating func keepOnly(channels: Set<String>, at now: Timestamp) {
        for (cause, entry) in entries {
            let kept = entry.told.filter { channels.contains($0.key) }
            guard kept.count != entry.told.count else { continue }
            entries[cause]?.told = kept
            unsaved.insert(cause)
            forget(cause, at: now)
        }
    }

    mutating func saved(_ cause: String) { unsaved.remove(cause) }

    mutating func notSaved(_ cause: String) { unsaved.insert(cause) }
}

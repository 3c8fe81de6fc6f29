import Relay

/// One cause in the book, as it is also saved.
struct AlertEntry: Sendable, Equatable, Codable {
    /// The worst so far of an alert that stands.
    struct Level: Sendable, Equatable, Codable {
        var severity: AlertSeverity
        var count: Int
        /// When it became that bad.
        var at: Timestamp

        /// An alert grows worse when there is this many times more of it.
        static let growthFactor = 10

        func isSurpassed(by alert: Alert) -> Bool {
            alert.severity > severity || alert.count / Self.growthFactor >= max(1, count)
        }

        func raised(to alert: Alert, at now: Timestamp) -> Level {
            Level(severity: max(severity, alert.severity), count: max(count, alert.count), at: now)
        }
    }

    /// What a channel knows.
    struct Told: Sendable, Equatable, Codable {
        /// The moment of the level that it was told; `nil` if it is not certain whether it was told at all.
        var level: Timestamp?
        /// When it was told.
        var at: Timestamp
    }

    /// As last seen.
    var alert: Alert
    var firstSeenAt: Timestamp
    /// `nil` until it has held for long enough to be raised.
    var level: Level?
    /// Not seen since; `nil` while it is seen.
    var goneSince: Timestamp?
    /// Gone for long enough; kept for the channels that don't know yet.
    var resolvedAt: Timestamp?
    /// By channel.
    var told: [String: Told] = [:]

    init(alert: Alert, firstSeenAt: Timestamp) {
        self.alert = alert
        self.firstSeenAt = firstSeenAt
    }

    /// What was over before its notice had arrived.
    init(ended notice: AlertNotice, at now: Timestamp) {
        self.init(alert: notice.alert, firstSeenAt: notice.at)
        level = Level(severity: notice.alert.severity, count: notice.alert.count, at: notice.at)
        goneSince = now
        resolvedAt = now
    }

    /// Raised and not over.
    var isStanding: Bool { level != nil && resolvedAt == nil }

    var lastToldAt: Timestamp? { told.values.map(\.at).max() }

    /// What never was raised and nobody was told of is not worth a write.
    var isSaved: Bool { level != nil || !told.isEmpty }

    func notice(for channel: String) -> AlertNotice? {
        let told = told[channel]
        if let resolvedAt { return told == nil ? nil : AlertNotice(.resolved, alert, at: resolvedAt) }
        guard let level, goneSince == nil else { return nil }
        guard let known = told?.level else { return AlertNotice(.raised, alert, at: level.at) }
        return known < level.at ? AlertNotice(.worse, alert, at: level.at) : nil
    }
}

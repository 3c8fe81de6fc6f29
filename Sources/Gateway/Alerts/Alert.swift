import Relay

/// What an alert is about.
enum AlertKind: String, Sendable, Codable, CaseIterable {
    /// Deliveries that wait for a person, by lane and reason.
    case parked
    /// A lane whose oldest delivery waits longer than it should.
    case oldestAge
    /// A destination that is not asked at the moment.
    case breaker
    /// Many messages that were not signed as agreed.
    case signatureFailures
    /// A source that has sent nothing for too long.
    case silence
    /// Events cannot be stored, or deliveries don't move.
    case store
    /// A certificate that ends soon, or could not be reloaded.
    case certificate
    /// Orders that took too long to become sales orders.
    case orderTime
    /// Findings of the last comparison of both platforms, or that it could not be finished.
    case reconciliation
    /// The last synthetic order did not make its round trip.
    case syntheticOrder

    /// Measured over a time of its own, so that there is no flapping to wait for before the alert is raised.
    var isSteady: Bool {
        switch self {
        case .signatureFailures, .silence, .certificate, .orderTime, .reconciliation, .syntheticOrder: true
        // A lane is behind for a moment when its pause has ended.
        case .parked, .oldestAge, .breaker, .store: false
        }
    }
}

enum AlertSeverity: String, Sendable, Codable, Comparable {
    case warning, critical

    static func < (left: AlertSeverity, right: AlertSeverity) -> Bool { left == .warning && right == .critical }
}

/// Something that a person should know. Holds no bodies, no secrets and no personal data.
struct Alert: Sendable, Equatable, Codable {
    /// Equal for the same trouble at two times: `parked:dynamics/OrderToSalesOrder:d365-validation`.
    var cause: String
    var kind: AlertKind
    var severity: AlertSeverity
    /// A few words: `3 deliveries are parked in dynamics/OrderToSalesOrder`.
    var title: String
    /// Sentences, one on each line.
    var text: String
    /// How many records or messages; 1 where nothing is counted.
    var count: Int
    /// When the trouble began; `nil` if only that it is there can be seen.
    var since: Timestamp?

    init(
        _ kind: AlertKind, _ what: [String] = [], severity: AlertSeverity = .warning, title: String, text: [String],
        count: Int = 1, since: Timestamp? = nil
    ) {
        cause = Self.cause(kind, what)
        self.kind = kind
        self.severity = severity
        self.title = title
        self.text = text.joined(separator: "\n")
        self.count = count
        self.since = since
    }

    static func cause(_ kind: AlertKind, _ what: [String]) -> String {
        ([kind.rawValue] + what).joined(separator: ":")
    }

    var lines: [String] { text.split(separator: "\n").map(String.init) }
}

/// A way to people.
protocol AlertChannel: Sendable {
    /// For log, metrics and the command: `slack`, or `slack-2` for the second one.
    var name: String { get }
    /// The same after a restart, for the same receiver.
    var id: String { get }
    func send(_ notice: AlertNotice) async throws(AlertSendFailure) -> AlertReceipt
}

/// What came back, for a person.
struct AlertReceipt: Sendable, Equatable {
    var answer: String
    /// What was refused although the notice was taken: recipients that don't get it, while others do.
    var complaints: [String] = []
}

/// Why a notice did not arrive, or may not have. Holds no address of a hook and no secret.
struct AlertSendFailure: Error, Equatable, CustomStringConvertible {
    var description: String
    /// Whether the notice may have arrived all the same.
    var outcomeIsUnclear: Bool
    /// What the receiver asked for.
    var retryAfter: Duration?

    init(_ description: String, outcomeIsUnclear: Bool = false, retryAfter: Duration? = nil) {
        self.description = description
        self.outcomeIsUnclear = outcomeIsUnclear
        self.retryAfter = retryAfter
    }
}

import Cryptography
import Relay

/// News for a channel.
struct AlertNotice: Sendable, Equatable {
    enum Change: String, Sendable {
        case raised, worse, resolved
        /// Asked for by a person.
        case test
    }

    let change: Change
    let alert: Alert
    /// When it came about.
    let at: Timestamp
    /// The same each time that the same news are sent, so that receivers can drop a second arrival.
    let id: String

    init(_ change: Change, _ alert: Alert, at: Timestamp) {
        self.change = change
        self.alert = alert
        self.at = at
        let digest = SHA256.hash(Array("\(change.rawValue)\n\(at.millisecondsSince1970)\n\(alert.cause)".utf8))
        id = "msg_" + Hex.encode(Array(digest.prefix(16)))
    }

    /// - Parameter gateway: The name of this gateway.
    func headline(_ gateway: String) -> String {
        let mark =
            switch change {
            case .raised: alert.severity.rawValue
            case .worse: "worse, \(alert.severity.rawValue)"
            case .resolved: "over"
            case .test: "test"
            }
        return "[\(gateway)] \(mark): \(alert.title)"
    }

    /// The sentences below the headline.
    var details: [String] {
        let since = alert.since?.iso8601
        return switch change {
        case .raised, .worse: alert.lines + (since.map { ["Since \($0)."] } ?? [])
        case .resolved: ["It lasted from \(since ?? "an unknown time") to \(at.iso8601)."]
        case .test: alert.lines
        }
    }
}

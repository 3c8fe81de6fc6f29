import Relay
import Synchronization

/// Lets one log line per key and second through and counts the others, so that a flood of bad requests does not
/// become a flood of lines.
final class Throttle: Sendable {
    private struct Window {
        var since: Timestamp
        var suppressed = 0
    }

    private let windows = Mutex<[String: Window]>([:])
    private let interval: Duration
    /// More keys than there are problem types means that somebody made them up.
    private static let keyLimit = 200

    init(interval: Duration = .seconds(1)) { self.interval = interval }

    /// - Returns: How many were suppressed since the last line, or `nil` if this one should be, too.
    func pass(_ key: String, at now: Timestamp) -> Int? {
        windows.withLock { windows in
            if var window = windows[key], now - window.since < interval, now >= window.since {
                window.suppressed += 1
                windows[key] = window
                return nil
            }
            guard windows[key] != nil || windows.count < Self.keyLimit else { return nil }
            let suppressed = windows[key]?.suppressed ?? 0
            windows[key] = Window(since: now)
            return suppressed
        }
    }
}

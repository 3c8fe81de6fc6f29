import Relay
import Synchronization

/// Who sends something: the platforms, and the ways in that a platform's events can take as well.
enum AlertSource: String, CaseIterable {
    /// Webhooks and events together.
    case commerce
    /// All ways together.
    case dynamics
    /// Adobe I/O Events.
    case commerceEvents
    case eventGrid
    case dataverse
    /// Azure Service Bus, which is asked for messages.
    case serviceBus
    /// Rounds of polling that went well, whether or not they brought something.
    case commercePolling, dynamicsPolling
}

/// What happens too often, or not often enough, to ask the store for it: refused signatures, and when each source
/// last sent something.
final class AlertSignals: RelayObserver {
    private struct State {
        /// Source → second → refusals; only the seconds that the rule looks at.
        var refusals: [String: [(second: Int64, count: Int)]] = [:]
        var lastArrivals: [String: Timestamp] = [:]
    }

    /// Seconds of one source that are remembered.
    static let longestWindow = Duration.seconds(3600)

    private let state = Mutex(State())
    private let window: Duration
    private let clock: any WallClock

    /// - Parameter window: How far back refusals count; up to ``longestWindow``.
    init(window: Duration, clock: any WallClock) {
        self.window = min(window, Self.longestWindow)
        self.clock = clock
    }

    /// A message of this source was not signed as agreed, or came with a wrong token.
    func refused(_ source: String) {
        let second = clock.now().millisecondsSince1970 / 1000
        state.withLock { state in
            var seconds = state.refusals[source] ?? []
            if let last = seconds.last, last.second >= second {
                seconds[seconds.count - 1].count += 1
            } else {
                seconds.append((second, 1))
            }
            state.refusals[source] = seconds.filter { $0.second > second - windowSeconds }
        }
    }

    func notice(_ signal: RelaySignal) {
        guard case .received(_, let source, _, _) = signal else { return }
        arrived(source, at: clock.now())
    }

    /// - Parameter moment: Never takes back a later one.
    func arrived(_ source: String, at moment: Timestamp) {
        state.withLock { $0.lastArrivals[source] = max($0.lastArrivals[source] ?? moment, moment) }
    }

    var lastArrivals: [String: Timestamp] { state.withLock { $0.lastArrivals } }

    func refusals(at now: Timestamp) -> [SourceRefusals] {
        let oldest = now.millisecondsSince1970 / 1000 - windowSeconds
        return state.withLock { $0.refusals }.sorted { $0.key < $1.key }.map { source, seconds in
            SourceRefusals(source: source, count: seconds.reduce(0) { $0 + ($1.second > oldest ? $1.count : 0) })
        }
    }

    private var windowSeconds: Int64 { max(1, window.components.seconds) }
}

import HTTPServer
import Relay
import Synchronization

/// Why something could not be taken although nothing was wrong with it.
enum OverloadCause: String, CaseIterable {
    /// More events than the writer's queue holds.
    case writer
    case disk
    /// The store fails or was closed.
    case store
    case connections, bufferedBodies, handlerTimeout

    init(_ fault: StoreFault) {
        switch fault {
        case .overloaded: self = .writer
        case .full: self = .disk
        case .failed, .closed: self = .store
        }
    }

    init?(_ limit: ServerLimit) {
        switch limit {
        case .connections: self = .connections
        case .bufferedBodies: self = .bufferedBodies
        case .handlerTimeout: self = .handlerTimeout
        default: return nil
        }
    }
}

/// Whether events are refused at the moment, for the readiness report, and how many were, for metrics.
///
/// A small write may still succeed where an event no longer fits, so the probe of the store does not see everything
/// that senders see.
final class Overload: Sendable {
    /// How long one refused event keeps the gateway from being ready. It ends by itself, since a load balancer that
    /// no longer sends anything would otherwise never learn that there is room again.
    static let memory = Duration.seconds(10)

    private struct Refusal {
        var fault: StoreFault
        var at: Timestamp
    }

    private let last = Mutex<Refusal?>(nil)
    /// Saves the lock for every event that is stored while all is well.
    private let isTroubled = Atomic(false)
    private let clock: any WallClock
    private let metrics: GatewayMetrics

    init(clock: any WallClock, metrics: GatewayMetrics) {
        self.clock = clock
        self.metrics = metrics
    }

    func refused(_ fault: StoreFault) {
        metrics.overload(OverloadCause(fault).rawValue)
        last.withLock { $0 = Refusal(fault: fault, at: clock.now()) }
        isTroubled.store(true, ordering: .relaxed)
    }

    func stored() {
        guard isTroubled.load(ordering: .relaxed) else { return }
        isTroubled.store(false, ordering: .relaxed)
        last.withLock { $0 = nil }
    }

    /// For a person; `nil` if the last event was stored, or refused long ago.
    func problem(at now: Timestamp) -> String? {
        guard let refusal = last.withLock({ $0 }), now - refusal.at < Self.memory else { return nil }
        return "Events are refused since they cannot be stored: \(refusal.fault.words)"
    }
}

extension StoreFault {
    /// For the readiness report, which anybody may read.
    var words: String {
        switch self {
        case .overloaded(let limit): "overloaded: \(limit) events wait for the disk."
        case .full(let detail): "disk full: \(detail)"
        case .failed(let detail): "the store fails: \(detail)"
        case .closed(let detail): "the store is closed: \(detail)"
        }
    }
}

/// An event log that tells how it went.
struct WatchedEventLog: EventLog {
    let log: any EventLog
    let overload: Overload

    func append(_ event: NewEvent) async throws -> Receipt { try await watched { try await log.append(event) } }

    func append(_ events: [NewEvent]) async throws -> [Receipt] {
        try await watched { try await log.append(events) }
    }

    private func watched<Value>(_ append: () async throws -> Value) async throws -> Value {
        do {
            let receipts = try await append()
            overload.stored()
            return receipts
        } catch let fault as StoreFault {
            overload.refused(fault)
            throw fault
        }
    }
}

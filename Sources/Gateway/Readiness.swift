import Relay
import Synchronization

/// Whether events can be accepted and delivered now. Asked by load balancers as often as they like: the store is
/// probed at most once a second, by one at a time.
final class Readiness: Sendable {
    struct Report: Sendable, Equatable {
        /// What is wrong, for a person; nothing if all is well.
        var problems: [String]
        var isReady: Bool { problems.isEmpty }
    }

    /// How long holds what the store has said. The rest of a report costs nothing and is always made anew, so that
    /// the dispatcher's first round counts at once.
    static let freshness = Duration.seconds(1)
    /// How long the store may take to say so. One that waits for a lock, of a backup for instance, is not ready.
    static let patience = Duration.seconds(3)
    /// A lane looks for work at least every 20 seconds; one that has not for this long, with nothing at work, hangs.
    static let slowestRound = Duration.seconds(90)

    private struct State {
        /// What was wrong with the store, if anything.
        var last: (problem: String?, at: Timestamp)?
        var probe: Task<String?, Never>?
    }

    private let state = Mutex(State())
    private let inspection: any Inspection
    private let clock: any WallClock
    private let overload: @Sendable () -> String?
    private let dispatcher: @Sendable () -> DispatcherPulse

    /// - Parameter overload: Why events are refused at the moment, if they are.
    init(
        inspection: any Inspection, clock: any WallClock, overload: @escaping @Sendable () -> String? = { nil },
        dispatcher: @escaping @Sendable () -> DispatcherPulse
    ) {
        self.inspection = inspection
        self.clock = clock
        self.overload = overload
        self.dispatcher = dispatcher
    }

    func report() async -> Report {
        var problems: [String] = []
        if let problem = await storeProblem() ?? overload() { problems.append(problem) }
        if let problem = dispatcher().problem(at: clock.now()) { problems.append(problem) }
        return Report(problems: problems)
    }

    private func storeProblem() async -> String? {
        let now = clock.now()
        enum Answer {
            case known(String?)
            case coming(Task<String?, Never>)
        }
        let answer = state.withLock { state -> Answer in
            if let last = state.last, now - last.at < Self.freshness, now >= last.at { return .known(last.problem) }
            if let probe = state.probe { return .coming(probe) }
            let probe = Task { await self.probe() }
            state.probe = probe
            return .coming(probe)
        }
        switch answer {
        case .known(let problem): return problem
        case .coming(let probe): return await patiently(probe)
        }
    }

    /// The probe goes on in any case, and the next report may know what came of it.
    private func patiently(_ probe: Task<String?, Never>) async -> String? {
        let end = Task { _ = await probe.value }
        guard await end.ends(by: ContinuousClock.now + Self.patience) else {
            return "The store has not answered for \(Quantity.text(Self.patience))."
        }
        return await probe.value
    }

    private func probe() async -> String? {
        var problem: String?
        do {
            try await inspection.probe()
        } catch {
            problem = "The store cannot commit: \((error as? StoreFault)?.words ?? "\(error)")"
        }
        state.withLock {
            $0.last = (problem, clock.now())
            $0.probe = nil
        }
        return problem
    }
}

/// What can be seen of the dispatcher from outside.
enum DispatcherPulse: Sendable, Equatable {
    /// Only accepting, by configuration.
    case off
    case stopping
    /// - Parameter slowestRound: When the lane that has waited longest last looked for work.
    case on(slowestRound: Timestamp?, running: Int)

    func problem(at now: Timestamp) -> String? {
        switch self {
        case .off: nil
        case .stopping: "The gateway is stopping."
        case .on(nil, _): "The dispatcher has not looked for work yet."
        // A lane whose hands are full doesn't look for work until one of them is free.
        case .on(let moment?, let running):
            running == 0 && now - moment > Readiness.slowestRound
                ? "A lane of the dispatcher has not looked for work since \(moment.iso8601)." : nil
        }
    }
}

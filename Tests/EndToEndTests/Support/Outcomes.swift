import Relay
import Synchronization

/// What became of deliveries, as the relay tells it. A test waits here for what it expects; when its time limit ends
/// it, the wait ends too, and the test fails instead of standing still.
final class Outcomes: RelayObserver {
    /// All that was told so far.
    struct Story {
        /// How deliveries ended, by subject and in order, as far as nobody took it. Retries and held attempts are not
        /// ends.
        fileprivate(set) var ends: [String: [Outcome]] = [:]
        fileprivate(set) var retries: [String: Int] = [:]
        /// Attempts that were given back, since a platform took no calls.
        fileprivate(set) var holds: [String: Int] = [:]
        fileprivate(set) var destinationChanges: [DestinationChange] = []
        fileprivate(set) var newest: [String: EventID] = [:]

        /// All attempts that were counted as failures.
        var allRetries: Int { retries.values.reduce(0, +) }
    }

    private struct State {
        var story = Story()
        var waiting: [Int: @Sendable (inout Story) -> Bool] = [:]
        var tickets = 0
    }

    private let state = Mutex(State())

    var story: Story { state.withLock { $0.story } }

    func notice(_ signal: RelaySignal) {
        state.withLock { state in
            Self.add(signal, to: &state.story)
            for ticket in state.waiting.keys.sorted() where state.waiting[ticket]?(&state.story) == true {
                state.waiting[ticket] = nil
            }
        }
    }

    /// The next outcome that nobody has taken yet.
    /// - Throws: `CancellationError` when the test is over.
    func next(of subject: String) async throws -> Outcome {
        try await first { story in
            guard story.ends[subject]?.isEmpty == false else { return nil }
            return story.ends[subject]?.removeFirst()
        }
    }

    /// - Throws: `CancellationError` when the test is over.
    func wait(for condition: @escaping @Sendable (Story) -> Bool) async throws {
        try await first { condition($0) ? () : nil }
    }

    private func first<Answer: Sendable>(_ look: @escaping @Sendable (inout Story) -> Answer?) async throws -> Answer
    {
        let (answers, continuation) = AsyncStream.makeStream(of: Answer.self)
        state.withLock { state in
            let isAnswered: @Sendable (inout Story) -> Bool = { story in
                guard let answer = look(&story) else { return false }
                continuation.yield(answer)
                return true
            }
            guard !isAnswered(&state.story) else { return }
            state.tickets += 1
            let ticket = state.tickets
            state.waiting[ticket] = isAnswered
            continuation.onTermination = { [weak self] _ in self?.forget(ticket) }
        }
        for await answer in answers { return answer }
        throw CancellationError()
    }

    private func forget(_ ticket: Int) {
        state.withLock { $0.waiting[ticket] = nil }
    }

    private static func add(_ signal: RelaySignal, to story: inout Story) {
        switch signal {
        case .received(let receipt, _, _, let subject): story.newest[subject] = receipt.event
        case .destination(_, let change): story.destinationChanges.append(change)
        case .finished(let claim, let outcome, _):
            let subject = claim.event.subject
            switch outcome {
            case .retry: story.retries[subject, default: 0] += 1
            case .held: story.holds[subject, default: 0] += 1
            case .done, .parked, .skipped, .superseded:
                story.ends[subject, default: []].append(outcome)
            }
        default: break
        }
    }
}

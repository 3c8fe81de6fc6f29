import HTTPServer
import Relay
import Synchronization

/// Changes to many events, each in the background, one at a time. Where the process ends in the middle of one, the
/// pages that were changed stay changed, as the acts say; whoever counts again sees what is left.
final class BulkChanges: Sendable {
    /// Events looked at in one transaction.
    static let pageSize = 100
    /// Runs whose result can still be asked for.
    static let remembered = 32

    struct Run: Sendable, Equatable, Encodable {
        enum State: String, Encodable {
            case running, done, failed
        }

        var id: Int64
        var verb: String
        var state = State.running
        /// Deliveries that were selected when it began.
        var expected: Int
        /// Deliveries that were changed so far. Fewer than expected in the end if some have gone on meanwhile.
        var changed = 0
        var startedAt: String
        var finishedAt: String?
        var by: String
        var why: String
        /// Why it failed.
        var problem: String?
    }

    private struct Kept {
        var runs: [Run] = []
        var work: Task<Void, Never>?
    }

    private let clock: any WallClock
    private let kept = Mutex(Kept())

    init(clock: any WallClock) { self.clock = clock }

    /// - Parameter page: Changes one page behind the event that is given, and says where the next one begins.
    /// - Throws: `Problem` while another change is at work.
    func begin(
        _ verb: BulkOrder.Verb, expected: Int, act: OperatorAct,
        page: @escaping @Sendable (EventID?) async throws -> RepairPage
    ) throws(Problem) -> Run {
        let run = try kept.withLock { (kept) throws(Problem) -> Run in
            if let other = kept.runs.last, other.state == .running { throw .busy("/\(other.verb)s/\(other.id)") }
            // The moment it began, so that the number of a run before a restart is never another one's.
            let id = max(act.at.millisecondsSince1970, (kept.runs.last?.id ?? 0) + 1)
            let run = Run(
                id: id, verb: verb.rawValue, expected: expected, startedAt: act.at.iso8601, by: act.by, why: act.why)
            kept.runs = kept.runs.suffix(Self.remembered - 1) + [run]
            return run
        }
        let work = Task { await carryOut(run.id, page) }
        kept.withLock { $0.work = work }
        return run
    }

    func run(_ id: Int64) -> Run? { kept.withLock { $0.runs.first { $0.id == id } } }

    /// Returns when nothing is at work.
    func settle() async { await kept.withLock { $0.work }?.value }

    private func carryOut(_ id: Int64, _ page: @Sendable (EventID?) async throws -> RepairPage) async {
        var after: EventID?
        do {
            repeat {
                let changed = try await page(after)
                update(id) { $0.changed += changed.deliveries.count }
                after = changed.next
            } while after != nil
            update(id) { $0.state = .done }
        } catch {
            update(id) {
                $0.state = .failed
                $0.problem = "\(error)"
            }
        }
        update(id) { $0.finishedAt = clock.now().iso8601 }
    }

    private func update(_ id: Int64, _ change: (inout Run) -> Void) {
        kept.withLock { kept in
            guard let index = kept.runs.firstIndex(where: { $0.id == id }) else { return }
            change(&kept.runs[index])
        }
    }
}

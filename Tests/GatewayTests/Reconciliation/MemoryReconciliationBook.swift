import Relay
import Synchronization

/// A book of comparisons in memory, for tests of those who only read it.
final class MemoryReconciliationBook: ReconciliationBook {
    struct Content {
        var reconciliations: [Reconciliation] = []
        var findings: [ReconciliationFinding] = []
    }

    private let content = Mutex(Content())

    func with<Value>(_ body: (inout Content) -> Value) -> Value { content.withLock { body(&$0) } }

    func begin(_ new: NewReconciliation, at moment: Timestamp) async throws -> Reconciliation {
        with { content in
            let id = ReconciliationID(Int64(content.reconciliations.count + 1))
            content.reconciliations.append(Reconciliation(id: id, asked: new, startedAt: moment))
            return content.reconciliations[content.reconciliations.count - 1]
        }
    }

    func end(_ id: ReconciliationID, _ end: ReconciliationEnd, at moment: Timestamp) async throws -> Bool { true }

    func interruptReconciliations(_ reason: Reason, at moment: Timestamp) async throws -> Int { 0 }

    func reconciliation(_ id: ReconciliationID) async throws -> Reconciliation? {
        with { $0.reconciliations.first { $0.id == id } }
    }

    func reconciliations(before: ReconciliationID?, limit: Int) async throws -> [Reconciliation] {
        with { Array($0.reconciliations.reversed().prefix(limit)) }
    }

    func findings(
        of id: ReconciliationID, in state: ReconciliationFinding.State?, after: Int, limit: Int
    ) async throws -> [ReconciliationFinding] {
        with { content in
            let found = content.findings.filter { $0.number > after && (state == nil || $0.state == state) }
            return Array(found.prefix(limit))
        }
    }

    func settle(
        _ number: Int, of id: ReconciliationID, as state: ReconciliationFinding.State, note: String, act: OperatorAct
    ) async throws -> Bool { false }

    func forgetReconciliations(startedBefore moment: Timestamp, limit: Int) async throws -> Int { 0 }
}

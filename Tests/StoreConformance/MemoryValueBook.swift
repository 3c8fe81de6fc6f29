package import Relay
import Synchronization

/// A book of value tables in memory, for tests of those who work with one. It keeps the same promises as a store on
/// disk, as far as they are about rows; no delivery waits here but those that a test names.
package final class MemoryValueBook: ValueBook {
    private struct Content {
        var rows: [ValueRow.ID: ValueRow] = [:]
        var awaited: [AwaitedValue] = []
        var changes: [(change: ValueChange, act: OperatorAct)] = []
        var fault: StoreFault?
    }

    private let content: Mutex<Content>

    package init(awaited: [AwaitedValue] = []) { content = Mutex(Content(awaited: awaited)) }

    package var changes: [ValueChange] { content.withLock { $0.changes.map(\.change) } }
    package var acts: [OperatorAct] { content.withLock { $0.changes.map(\.act) } }

    /// From now on nothing is kept.
    package func fail(with fault: StoreFault) { content.withLock { $0.fault = fault } }

    package func values() async throws -> [ValueRow] { content.withLock { Array($0.rows.values) } }

    package func change(
        _ change: ValueChange, act: OperatorAct, whenKept: @escaping @Sendable () -> Void
    ) async throws -> Int {
        let released = try content.withLock { content in
            if let fault = content.fault { throw fault }
            guard !change.isEmpty else { return 0 }
            for id in change.removed { content.rows[id] = nil }
            for row in change.written { content.rows[row.id] = row }
            content.changes.append((change, act))
            let released = content.awaited.filter { change.brings($0.name) }
            content.awaited.removeAll { change.brings($0.name) }
            return released.reduce(0) { $0 + $1.deliveries }
        }
        whenKept()
        return released
    }

    package func awaitedValues(limit: Int) async throws -> [AwaitedValue] {
        content.withLock { Array($0.awaited.sorted { $0.name < $1.name }.prefix(limit)) }
    }
}

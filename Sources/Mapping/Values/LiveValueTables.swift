import Synchronization

/// The value tables that flows ask while they run. A change becomes visible as a whole; who asks twice within one
/// record may see both sides of it.
public final class LiveValueTables: ValueLookup {
    private struct Column: Hashable {
        var table: String
        var name: String
    }

    private struct State {
        var snapshot: ValueSnapshot
        /// Made when they are first asked for.
        var reversed: [Column: [String: [ValueKey]]] = [:]
    }

    private let state: Mutex<State>

    public init(_ snapshot: ValueSnapshot = ValueSnapshot(.standard)) {
        state = Mutex(State(snapshot: snapshot))
    }

    public var snapshot: ValueSnapshot { state.withLock { $0.snapshot } }

    public func publish(_ snapshot: ValueSnapshot) { state.withLock { $0 = State(snapshot: snapshot) } }

    public func row(_ key: ValueKey) -> [String: String]? { state.withLock { $0.snapshot.row(for: key)?.columns } }

    public func keys(in table: String, scope: String, where column: String, is value: String) -> [String] {
        state.withLock { state in
            let column = Column(table: table, name: column)
            let reversed = state.reversed[column] ?? state.snapshot.reversed(table, column.name)
            state.reversed[column] = reversed
            let found = reversed[state.snapshot.comparable(value: value, in: table)] ?? []
            let own = found.filter { $0.scope == scope }.map(\.key).sorted()
            guard !scope.isEmpty else { return own }
            // A row for all counts where the legal entity has none of its own.
            let common = found.filter { key in
                key.scope.isEmpty
                    && state.snapshot.row(at: ValueKey(table: table, scope: scope, key: key.key)) == nil
            }
            return own + common.map(\.key).sorted()
        }
    }
}

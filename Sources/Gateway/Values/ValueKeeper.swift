import Mapping
import Relay

/// The value tables of a running gateway: kept in the store, asked in memory, changed one change at a time.
final class ValueKeeper: Sendable {
    /// For flows.
    let tables: LiveValueTables
    let catalog: ValueTableCatalog
    private let book: any ValueBook
    private let turns = KeyedLocks<Turn>()

    private enum Turn { case change }

    /// What came of a change.
    struct Outcome: Sendable, Equatable {
        var edit: ValueEdit
        /// Deliveries that waited for a row.
        var released: Int
    }

    /// The table would have more rows than it may.
    struct TooManyRows: Error, Equatable {
        var table: String
        var rows: Int
    }

    /// - Parameter snapshot: What the book holds.
    init(_ snapshot: ValueSnapshot, book: any ValueBook) {
        catalog = snapshot.catalog
        tables = LiveValueTables(snapshot)
        self.book = book
    }

    /// Reads all rows.
    /// - Throws: `StoreFault`.
    convenience init(_ catalog: ValueTableCatalog, book: any ValueBook) async throws {
        let rows = try await book.values().map { row in
            ValueTableRow(ValueKey(table: row.id.table, scope: row.id.scope, key: row.id.key), row.columns)
        }
        self.init(ValueSnapshot(catalog, rows: rows), book: book)
    }

    var snapshot: ValueSnapshot { tables.snapshot }

    /// - Parameter edit: Works out the change against the rows as they are when its turn has come.
    /// - Throws: `StoreFault`, `TooManyRows`, or what `edit` throws; nothing is changed then.
    func change(
        by act: OperatorAct, _ edit: @Sendable (ValueSnapshot) throws -> ValueEdit
    ) async throws -> Outcome {
        try await turns.withLock(.change) {
            let before = tables.snapshot
            let edit = try edit(before)
            let next = try after(edit, before)
            let released = try await book.change(edit.change, act: act) { [tables] in tables.publish(next) }
            return Outcome(edit: edit, released: released)
        }
    }

    /// What a change would come to; nothing is released.
    func look(_ edit: (ValueSnapshot) throws -> ValueEdit) throws -> Outcome {
        let now = tables.snapshot
        let edit = try edit(now)
        _ = try after(edit, now)
        return Outcome(edit: edit, released: 0)
    }

    func awaited(limit: Int) async throws -> [AwaitedValue] { try await book.awaitedValues(limit: limit) }

    private func after(_ edit: ValueEdit, _ snapshot: ValueSnapshot) throws -> ValueSnapshot {
        let next = edit.applied(to: snapshot)
        let rows = next.count(of: edit.table)
        guard rows <= ValueTableDefinition.rowLimit || edit.added == 0 else {
            throw TooManyRows(table: edit.table, rows: rows)
        }
        return next
    }
}

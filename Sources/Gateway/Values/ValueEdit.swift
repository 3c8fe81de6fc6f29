import Mapping
import Relay

/// What a change of one table comes to, worked out against the rows that are there.
struct ValueEdit: Sendable, Equatable {
    enum Mode: String, Sendable, CaseIterable {
        /// Rows and columns that are not named stay as they are.
        case merge
        /// What is not named goes.
        case replace
    }

    let table: String
    private(set) var written: [ValueTableRow] = []
    private(set) var removed: [ValueKey] = []
    private(set) var added = 0
    private(set) var changed = 0
    private(set) var unchanged = 0
    /// Rows that go; of those that are only spelt otherwise now, `removed` has the old key as well.
    private(set) var gone = 0

    /// - Parameters:
    ///   - columns: Columns that the rows speak about.
    ///   - removesOthers: Whether rows of the table go that are not among these.
    init(
        _ rows: [ValueTableRow], columns: [String], of table: String, _ mode: Mode, removesOthers: Bool,
        in snapshot: ValueSnapshot
    ) {
        self.table = table
        var kept: Set<ValueKey> = []
        for row in rows {
            let old = snapshot.row(at: row.key)
            if let old { kept.insert(old.key) }
            var new = row
            if mode == .merge, let old {
                new.columns = old.columns.filter { !columns.contains($0.key) }.merging(row.columns) { $1 }
            }
            put(new, insteadOf: old)
        }
        guard removesOthers else { return }
        for old in snapshot.rows(of: table) where !kept.contains(old.key) { remove(old.key) }
    }

    init(removing key: ValueKey) {
        table = key.table
        remove(key)
    }

    var isEmpty: Bool { written.isEmpty && removed.isEmpty }

    func applied(to snapshot: ValueSnapshot) -> ValueSnapshot {
        var snapshot = snapshot
        for key in removed { snapshot.remove(key) }
        for row in written { snapshot.set(row) }
        return snapshot
    }

    /// For the store, and for the acts that people read later.
    var change: ValueChange {
        ValueChange(
            removed: removed.map(ValueRow.ID.init),
            written: written.map { ValueRow(ValueRow.ID($0.key), $0.columns) },
            brought: written.reduce(into: Set()) { names, row in
                names.formUnion(row.awaitedTexts.map { $0.lowercased() })
            }, target: target)
    }

    private var target: String {
        let single = written.count + gone == 1 ? written.first?.key ?? removed.first : nil
        if let single { return gone == 1 ? "\(single), removed" : "\(single)" }
        return "\(table), \(added) added, \(changed) changed, \(gone) removed"
    }

    /// A row without values is no row.
    private mutating func put(_ row: ValueTableRow, insteadOf old: ValueTableRow?) {
        guard row != old else {
            unchanged += 1
            return
        }
        guard !row.columns.isEmpty else { return old.map { remove($0.key) } ?? () }
        if let old, old.key != row.key { removed.append(old.key) }
        written.append(row)
        if old == nil { added += 1 } else { changed += 1 }
    }

    private mutating func remove(_ key: ValueKey) {
        removed.append(key)
        gone += 1
    }
}

extension ValueRow.ID {
    init(_ key: ValueKey) { self.init(table: key.table, scope: key.scope, key: key.key) }
}

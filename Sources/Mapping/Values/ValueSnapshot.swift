/// All value tables at one moment.
///
/// Keys are compared as `ValueTableDefinition.Side` says: those of Commerce exactly, those of F&O without regard to
/// case; values the other way round. Characters that Unicode holds for the same are the same.
public struct ValueSnapshot: Sendable {
    /// Comparable key → row, by legal entity.
    typealias Rows = [String: [String: ValueTableRow]]

    public let catalog: ValueTableCatalog
    private var tables: [String: Rows] = [:]

    public init(_ catalog: ValueTableCatalog, rows: [ValueTableRow] = []) {
        self.catalog = catalog
        for row in rows { set(row) }
    }

    /// The row with exactly this legal entity.
    public func row(at key: ValueKey) -> ValueTableRow? {
        tables[key.table]?[key.scope]?[comparable(key)]
    }

    /// The row for a record of this legal entity: its own, or that of all.
    public func row(for key: ValueKey) -> ValueTableRow? {
        guard let rows = tables[key.table] else { return nil }
        let comparable = comparable(key)
        return rows[key.scope]?[comparable] ?? rows[""]?[comparable]
    }

    /// By key, then legal entity.
    public func rows(of table: String) -> [ValueTableRow] {
        let rows = tables[table, default: [:]].values.flatMap(\.values)
        return rows.sorted { ($0.key.key, $0.key.scope) < ($1.key.key, $1.key.scope) }
    }

    public func count(of table: String) -> Int { tables[table, default: [:]].values.reduce(0) { $0 + $1.count } }

    /// In place of a row with the same key, however that is spelt.
    public mutating func set(_ row: ValueTableRow) {
        let key = comparable(row.key)
        tables[row.key.table, default: [:]][row.key.scope, default: [:]][key] = row
    }

    public mutating func remove(_ key: ValueKey) {
        let comparable = comparable(key)
        tables[key.table]?[key.scope]?[comparable] = nil
    }

    /// Comparable value → rows that have it in this column.
    func reversed(_ table: String, _ column: String) -> [String: [ValueKey]] {
        var found: [String: [ValueKey]] = [:]
        for row in tables[table, default: [:]].values.flatMap(\.values) {
            guard let value = row.columns[column] else { continue }
            found[comparable(value: value, in: table), default: []].append(row.key)
        }
        return found
    }

    func comparable(value: String, in table: String) -> String {
        catalog[table].map { $0.comparable(value: value) } ?? value
    }

    private func comparable(_ key: ValueKey) -> String {
        catalog[key.table].map { $0.comparable(key: key.key) } ?? key.key
    }
}

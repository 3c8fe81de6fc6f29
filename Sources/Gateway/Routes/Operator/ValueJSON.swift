import Mapping
import Relay

struct ValueTablesJSON: Encodable {
    var tables: [ValueTableJSON]
    /// Rows that records wait for.
    var awaited: [AwaitedJSON]
}

struct ValueTableJSON: Encodable {
    var name: String
    var key: String
    var columns: [String]
    /// Whose words the keys are.
    var keysOf: String
    var summary: String?
    var rows: Int

    init(_ table: ValueTableDefinition, rows: Int) {
        name = table.name
        key = table.key
        columns = table.columns
        keysOf = table.keysOf.rawValue
        summary = table.summary.isEmpty ? nil : table.summary
        self.rows = rows
    }
}

struct AwaitedJSON: Encodable {
    var table: String
    var legalEntity: String?
    var key: String
    var deliveries: Int

    init?(_ awaited: AwaitedValue) {
        guard let row = ValueKey(text: awaited.name) else { return nil }
        table = row.table
        legalEntity = row.scope.isEmpty ? nil : row.scope
        key = row.key
        deliveries = awaited.deliveries
    }
}

struct ValueRowsJSON: Encodable {
    var table: String
    var key: String
    var columns: [String]
    var rows: [ValueRowJSON]
    /// `after` of the next page.
    var next: String?

    /// - Parameter all: All rows of the table, in their order.
    init(_ table: ValueTableDefinition, _ all: [ValueTableRow], after: ValueKey?, limit: Int) {
        self.table = table.name
        key = table.key
        columns = table.columns
        let rest = all.drop { row in after.map { (row.key.key, row.key.scope) <= ($0.key, $0.scope) } ?? false }
        let page = rest.prefix(limit)
        rows = page.map(ValueRowJSON.init)
        next = page.count < rest.count ? page.last?.key.text : nil
    }
}

struct ValueRowJSON: Encodable {
    /// Absent for all legal entities.
    var legalEntity: String?
    var key: String
    var values: [String: String]

    init(_ row: ValueTableRow) {
        legalEntity = row.key.scope.isEmpty ? nil : row.key.scope
        key = row.key.key
        values = row.columns
    }
}

/// What came of a change, in rows.
struct ValueOutcomeJSON: Encodable {
    var table: String
    var added: Int
    var changed: Int
    var removed: Int
    var unchanged: Int
    /// Records that waited and go on now.
    var released: Int
    var dryRun: Bool?

    init(_ outcome: ValueKeeper.Outcome, isDryRun: Bool) {
        table = outcome.edit.table
        added = outcome.edit.added
        changed = outcome.edit.changed
        removed = outcome.edit.gone
        unchanged = outcome.edit.unchanged
        released = outcome.released
        dryRun = isDryRun ? true : nil
    }
}

import Foundation
import JSON

/// Rows of one table. A row holds only what was set; everything else shows as its type's empty value.
struct ODataTable: Sendable {
    struct Row: Sendable {
        var fields: JSONObject
        /// Rises with each change; the ETag is made of both.
        var version = 1
        let recordID: Int
        /// Its place stays, so that the places of the others do.
        var isDeleted = false

        var dataAreaId: String { fields["dataAreaId"]?.stringValue ?? "" }
        func text(_ name: String) -> String { fields[name]?.stringValue ?? "" }
        func number(_ name: String) -> Decimal { fields[name]?.numberValue ?? 0 }
        var etag: String { "W/\"JzAs\(recordID),\(version)\"" }
    }

    /// The deleted ones as well.
    private(set) var rows: [Row] = []
    var live: [Row] { rows.filter { !$0.isDeleted } }
    /// Row numbers by lower-case value, per indexed property.
    private var indexes: [String: [String: [Int]]]

    init(indexed: [String]) { indexes = Dictionary(uniqueKeysWithValues: indexed.map { ($0, [:]) }) }

    mutating func insert(_ fields: JSONObject, recordID: Int) -> Int {
        let position = rows.count
        rows.append(Row(fields: fields, recordID: recordID))
        for property in indexes.keys { index(property, position) }
        return position
    }

    mutating func update(_ position: Int, _ change: (inout JSONObject) -> Void) {
        let before = rows[position]
        change(&rows[position].fields)
        rows[position].version += 1
        for property in indexes.keys where before.text(property) != rows[position].text(property) {
            unindex(property, before, position)
            index(property, position)
        }
    }

    mutating func delete(_ position: Int) {
        rows[position].isDeleted = true
        for property in indexes.keys { unindex(property, rows[position], position) }
    }

    private mutating func index(_ property: String, _ position: Int) {
        indexes[property]?[rows[position].text(property).lowercased(), default: []].append(position)
    }

    private mutating func unindex(_ property: String, _ row: Row, _ position: Int) {
        indexes[property]?[row.text(property).lowercased()]?.removeAll { $0 == position }
    }

    /// The rows with that value, in the order of their creation. The property must be indexed.
    func positions(_ property: String, _ value: String) -> [Int] { indexes[property]?[value.lowercased()] ?? [] }

    func position(_ property: String, _ value: String, dataAreaId: String) -> Int? {
        positions(property, value).first { rows[$0].dataAreaId == dataAreaId }
    }

    func row(_ property: String, _ value: String, dataAreaId: String) -> Row? {
        position(property, value, dataAreaId: dataAreaId).map { rows[$0] }
    }

    /// The rows that can match: those of the smallest index that applies, or all.
    func candidates(_ required: [String: String]) -> [Int] {
        let narrowed = required.compactMap { property, value in
            indexes[property].map { $0[value.lowercased()] ?? [] }
        }
        return narrowed.min { $0.count < $1.count } ?? rows.indices.filter { !rows[$0].isDeleted }
    }

    /// All values of an indexed property that more than one row has, with those rows.
    func repeated(_ property: String) -> [[Row]] {
        (indexes[property] ?? [:]).filter { !$0.key.isEmpty && $0.value.count > 1 }
            .sorted { $0.key < $1.key }.map { $0.value.map { rows[$0] } }
    }
}

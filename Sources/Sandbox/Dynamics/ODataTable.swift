import Foundation
import JSON

/// Rows of one table. A row holds only what was set; everything else shows as its type's empty value.
struct ODataTable: Sendable {
    struct Row: Sendable {
        var fields: JSONObject
        /// Rises with each change; the ETag is made of both.
        var version = 1
        let recordID: Int

        var dataAreaId: String { fields["dataAreaId"]?.stringValue ?? "" }
        func text(_ name: String) -> String { fields[name]?.stringValue ?? "" }
        func number(_ name: String) -> Decimal { fields[name]?.numberValue ?? 0 }
        var etag: String { "W/\"JzAs\(recordID),\(version)\"" }
    }

    private(set) var rows: [Row] = []
    /// Row numbers by lower-case value, per indexed property.
    private var indexes: [String: [String: [Int]]]

    init(indexed: [String]) { indexes = Dictionary(uniqueKeysWithValues: indexed.map { ($0, [:]) }) }

    mutating func insert(_ fields: JSONObject, recordID: Int) -> Int {
        let position = rows.count
        rows.append(Row(fields: fields, recordID: recordID))
        for property in indexes.keys {
            let value = fields[property]?.stringValue?.lowercased() ?? ""
            indexes[property]?[value, default: []].append(position)
        }
        return position
    }

    /// Changes properties that no index covers.
    mutating func update(_ position: Int, _ change: (inout JSONObject) -> Void) {
        change(&rows[position].fields)
        rows[position].version += 1
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
        return narrowed.min { $0.count < $1.count } ?? Array(rows.indices)
    }

    /// All values of an indexed property that more than one row has, with those rows.
    func repeated(_ property: String) -> [[Row]] {
        (indexes[property] ?? [:]).filter { !$0.key.isEmpty && $0.value.count > 1 }
            .sorted { $0.key < $1.key }.map { $0.value.map { rows[$0] } }
    }
}

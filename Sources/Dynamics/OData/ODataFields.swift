public import JSON

/// Properties of a row by name, for records whose properties a mapping document chooses.
public struct ODataFields: Sendable, Equatable {
    public let values: JSONObject
    /// `W/"…"`; `nil` for the few entities that have none.
    let etag: String?

    init(_ row: JSONObject) {
        values = JSONObject(row.fields.filter { !$0.key.hasPrefix("@") })
        etag = row["@odata.etag"]?.stringValue
    }

    var unchanged: ODataPrecondition { etag.map(ODataPrecondition.unchanged) ?? .exists }

    public func text(_ name: String) -> String { values[name]?.stringValue ?? "" }

    /// What of `wanted` the row does not say yet. F&O has no null texts: an empty one and none are the same.
    func changes(to wanted: JSONObject) -> JSONObject {
        JSONObject(wanted.fields.filter { !Self.isSame(values[$0.key], $0.value) })
    }

    private static func isSame(_ kept: JSONValue?, _ wanted: JSONValue) -> Bool {
        switch (kept, wanted) {
        case (.number(let kept)?, .number(let wanted)): kept.decimal == wanted.decimal
        case (nil, .string("")), (.null?, .string("")), (.string("")?, .null), (nil, .null): true
        case (let kept, let wanted): kept == wanted
        }
    }
}

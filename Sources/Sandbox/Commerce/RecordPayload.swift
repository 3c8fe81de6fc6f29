import JSON

/// The body of an observer webhook of a record that is no order: the model as PHP holds it, numbers as text.
struct RecordPayload {
    let kind: String
    let record: JSONObject

    var bytes: [UInt8] {
        var json: JSONObject = ["entity_id": .string(record["id"]?.intValue.map(String.init) ?? "")]
        for field in record.fields {
            // Parts of a model are objects of their own, which the observer does not show.
            guard field.value.arrayValue == nil, field.value.objectValue == nil else { continue }
            json.append(field.key, field.value.intValue.map { .string(String($0)) } ?? field.value)
        }
        return JSONWriter.bytes(
            [
                "subject": [], "eventName": .string("\(kind)_save_commit_after"),
                "data": .object([kind: .object(json)]),
            ], style: .php)
    }
}

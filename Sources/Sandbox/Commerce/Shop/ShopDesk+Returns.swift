import Foundation
import JSON

extension ShopDesk {
    static let returnHandlers: [String: Handler] = [
        "GET /V1/returns": searching(.returns),
        "GET /V1/returns/{id}": reading(.returns, by: "id"),
        "GET /V1/returns/{id}/comments": commenting(.returns),
        "POST /V1/returns": { desk, call throws(CommerceRefusal) in try desk.createReturn(call) },
        "PUT /V1/returns/{id}": { desk, call throws(CommerceRefusal) in
            let sent = call.object("rmaDataObject")
            let id = try call.id("id")
            let record = try desk.shelves.update(.returns, id: id) { record throws(CommerceRefusal) in
                record.append(contentsOf: sent)
                record["entity_id"] = .int(id)
            }
            desk.note(.return(record["status"]?.stringValue ?? ""), orderID: record["order_id"]?.intValue ?? 0)
            return .object(record)
        },
        "POST /V1/returns/{id}/comments": { desk, call throws(CommerceRefusal) in
            try desk.append(call.object("data"), to: "comments", call)
        },
        "POST /V1/returns/{id}/tracking-numbers": { desk, call throws(CommerceRefusal) in
            try desk.append(call.object("track"), to: "tracks", call)
        },
    ]

    private func createReturn(_ call: ShopCall) throws(CommerceRefusal) -> JSONValue {
        .object(try shelves.record(.returns, id: try addReturn(call.object("rmaDataObject"))))
    }

    /// - Returns: The return's entity id.
    func addReturn(_ draft: JSONObject) throws(CommerceRefusal) -> Int {
        var record = draft
        let order = try order(record["order_id"]?.intValue ?? 0)
        var items: [JSONValue] = []
        for (index, sent) in (record["items"]?.arrayValue ?? []).enumerated() {
            var item = sent.objectValue ?? [:]
            let row = order.items.first { $0.itemID == item["order_item_id"]?.intValue }
            guard let row, item["qty_requested"]?.numberValue ?? 0 <= row.quantityShipped else {
                throw .bad("A quantity of %1 can't be returned.", row?.sku ?? "an item of another order")
            }
            item["entity_id"] = .int(index + 1)
            for name in ["qty_authorized", "qty_approved", "qty_returned"] where item[name] == nil { item[name] = 0 }
            items.append(.object(item))
        }
        record["items"] = .array(items)
        record["comments"] = record["comments"] ?? []
        record["tracks"] = record["tracks"] ?? []
        let id = try number(shelves.add(.returns, record), .returns, "4")
        let made = try shelves.update(.returns, id: id) { record throws(CommerceRefusal) in
            record["items"] = .array(
                (record["items"]?.arrayValue ?? []).map { $0.merging(["rma_entity_id": .int(id)]) })
        }
        note(.return(made["increment_id"]?.stringValue ?? ""), orderID: order.entityID)
        return id
    }

    private func append(
        _ entry: JSONObject, to list: String, _ call: ShopCall
    ) throws(CommerceRefusal) -> JSONValue {
        let id = try call.id("id")
        guard entry["rma_entity_id"]?.intValue == id else { throw .bad("The return is another one.") }
        let record = try shelves.update(.returns, id: id) { record throws(CommerceRefusal) in
            let entries = record[list]?.arrayValue ?? []
            var entry = entry
            entry["entity_id"] = .int(entries.count + 1)
            if list == "comments" { entry["created_at"] = .string(date) }
            record[list] = .array(entries + [.object(entry)])
        }
        let text = entry["comment"]?.stringValue ?? entry["track_number"]?.stringValue ?? ""
        note(.return(text), orderID: record["order_id"]?.intValue ?? 0)
        return true
    }
}

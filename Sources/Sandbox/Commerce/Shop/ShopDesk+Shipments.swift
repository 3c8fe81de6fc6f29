import Foundation
import HTTPTypes
import JSON

extension ShopDesk {
    static let shipmentHandlers: [String: Handler] = [
        "GET /V1/shipments": searching(.shipments),
        "GET /V1/shipment/{id}/comments": commenting(.shipments),
        "POST /V1/order/{orderId}/ship": { desk, call throws(CommerceRefusal) in try desk.ship(call) },
        "POST /V1/shipment/track": { desk, call throws(CommerceRefusal) in try desk.addTrack(call) },
    ]

    private func ship(_ call: ShopCall) throws(CommerceRefusal) -> JSONValue {
        let orderID = try call.id("orderId")
        let source = call.object("arguments")["extension_attributes"]?.objectValue?["source_code"]?.stringValue
        if faults.plan.needsSourceCode, source == nil {
            throw .invalidShipment("Not all of your products are available in the requested quantity.")
        }
        if let source, let known = faults.plan.sources, !known.contains(source) {
            throw .invalidShipment("Source with code \"%1\" does not exist.", source)
        }
        let order = try book.change(entityID: orderID) { order throws(CommerceRefusal) in
            guard ["new", "processing"].contains(order.state), order.canShip else {
                throw .invalidShipment("A shipment cannot be created when an order has a status of %1", order.status)
            }
            let asked = try order.shippable(call.quantities)
            for index in order.items.indices {
                order.items[index].quantityShipped += asked[order.items[index].itemID] ?? 0
            }
            order.moveOn()
            return (number: order.incrementID, storeID: order.placed.storeID, shipped: asked)
        }
        var record: JSONObject = [
            "order_id": .int(orderID), "store_id": .int(order.storeID), "created_at": .string(date),
            "updated_at": .string(date), "total_qty": .number(order.shipped.values.reduce(0, +)),
            "items": .array(
                order.shipped.sorted { $0.key < $1.key }.map { item in
                    ["order_item_id": .int(item.key), "qty": .number(item.value)]
                }),
            "comments": .array(call.comment.map { [["comment": .string($0), "is_visible_on_front": 0]] } ?? []),
            "extension_attributes": ["source_code": .string(source ?? "default")],
        ]
        record["tracks"] = .array(call.list("tracks").map(JSONValue.object))
        let id = try number(shelves.add(.shipments, record), .shipments, "2")
        note(.shipment(comment: call.comment ?? ""), orderID: orderID)
        for track in call.list("tracks") { noteTrack(track, orderID) }
        return .int(id)
    }

    private func addTrack(_ call: ShopCall) throws(CommerceRefusal) -> JSONValue {
        let entity = call.object("entity")
        let orderID = entity["order_id"]?.intValue ?? 0
        _ = try shelves.update(.shipments, id: entity["parent_id"]?.intValue ?? 0) {
            shipment throws(CommerceRefusal) in
            guard shipment["order_id"]?.intValue == orderID else {
                throw .bad("Could not save the shipment tracking.")
            }
            shipment["tracks"] = .array((shipment["tracks"]?.arrayValue ?? []) + [.object(entity)])
            shipment["updated_at"] = .string(date)
        }
        noteTrack(entity, orderID)
        return .object(entity)
    }

    private func noteTrack(_ track: JSONObject, _ orderID: Int) {
        note(.track(number: track["track_number"]?.stringValue ?? ""), orderID: orderID)
    }

    /// Gives a document the number that people see.
    func number(
        _ record: JSONObject, _ shelf: ShopShelf, _ prefix: String
    ) throws(CommerceRefusal) -> Int {
        let id = record["entity_id"]?.intValue ?? 0
        _ = try shelves.update(shelf, id: id) { $0["increment_id"] = .string(prefix + TimeText.padded(id, width: 8)) }
        return id
    }
}

extension CommerceOrder {
    /// By row, after the checks of Commerce's `ShipmentValidator`; a child's quantity counts for its parent.
    fileprivate func shippable(_ asked: [Int: Decimal]?) throws(CommerceRefusal) -> [Int: Decimal] {
        guard let asked else {
            return Dictionary(uniqueKeysWithValues: items.map { ($0.itemID, $0.quantityToShip) }).filter {
                $0.value > 0
            }
        }
        var quantities: [Int: Decimal] = [:]
        for (itemID, quantity) in asked {
            guard let named = items.first(where: { $0.itemID == itemID }),
                let item = items.first(where: { $0.itemID == named.parentItemID ?? itemID })
            else {
                throw .invalidShipment(
                    "The shipment contains product SKU \"%1\" that is not part of the original order.", String(itemID)
                )
            }
            guard quantity > 0, quantity + (quantities[item.itemID] ?? 0) <= item.quantityToShip else {
                throw .invalidShipment(
                    "The quantity to ship must not be greater than the unshipped quantity for product SKU \"%1\".",
                    item.sku)
            }
            quantities[item.itemID, default: 0] += quantity
        }
        return quantities
    }
}

extension CommerceRefusal {
    fileprivate static func invalidShipment(_ message: String, _ parameters: String...) -> CommerceRefusal {
        CommerceRefusal(
            status: .badRequest, message: "Shipment Document Validation Error(s):\n" + message,
            parameters: parameters.isEmpty ? nil : .array(parameters.map(JSONValue.string)))
    }
}

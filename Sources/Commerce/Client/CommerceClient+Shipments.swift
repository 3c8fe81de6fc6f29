public import Foundation
import JSON
import Relay

extension CommerceClient {
    /// All shipments of an order: `GET /V1/shipments`, `GET /V1/shipment/{id}/comments` (`Magento_Sales::shipment`).
    /// Safe to repeat. A shipment is told from another by its tracks or by the ERP's number in its comments.
    public func shipments(orderID: Int) async throws -> [CommerceShipment] {
        var shipments = try await searchAll(
            .searchShipments, [[.init("order_id", .eq, String(orderID))]], key: \.entityID
        ) { node throws(OrderReadingError) in try CommerceShipment(node) }
        for index in shipments.indices where shipments[index].comments.isEmpty {
            shipments[index].comments = try await comments(.shipmentComments, shipments[index].entityID)
        }
        return shipments
    }

    /// Ships an order or a part of it: `POST /V1/order/{orderId}/ship` (`Magento_Sales::ship`). Not safe to repeat:
    /// look for its effect in `shipments` first.
    /// - Parameters:
    ///   - items: `nil` ships all that is left. Of a bundle that is shipped together only the parent is named.
    ///   - sourceCode: Which inventory source it leaves from. Needed as soon as a shop has more than the default one
    ///     (AdobeDocs/commerce-webapi#22); one shipment has one source.
    ///   - notify: Sends the customer an e-mail.
    ///   - comment: For the merchant's eyes.
    /// - Returns: The shipment's entity id.
    public func ship(
        orderID: Int, items: [ShippedItem]? = nil, tracks: [ShipmentTrack] = [], sourceCode: String? = nil,
        notify: Bool, comment: String? = nil
    ) async throws -> Int {
        let source = sourceCode.map { ["extension_attributes": ["source_code": .string($0)]] as JSONValue }
        let body = JSONValue.members([
            "appendComment": .bool(comment != nil), "arguments": source, "comment": comment.map(documentComment),
            "items": items.map { .array($0.map(\.json)) }, "notify": .bool(notify),
            "tracks": tracks.isEmpty ? nil : .array(tracks.map(\.json)),
        ])
        return try await orderLocks.withLock(orderID) {
            try await identifier(.shipOrder, await call(.shipOrder, orderID, body: body))
        }
    }

    /// Adds a track to a shipment that exists: `POST /V1/shipment/track` (`Magento_Sales::shipment`). Not safe to
    /// repeat: look for its number in `shipments` first.
    /// - Parameters:
    ///   - weight: Of the parcel, in the shop's unit. The schema requires weight, quantity and description.
    public func addTrack(
        _ track: ShipmentTrack, shipmentID: Int, orderID: Int, weight: Decimal = 0, qty: Decimal = 1,
        description: String = "-"
    ) async throws {
        let body: JSONValue = [
            "entity": [
                "carrier_code": .string(track.carrierCode), "description": .string(description),
                "order_id": .int(orderID), "parent_id": .int(shipmentID), "qty": .number(qty),
                "title": .string(track.title), "track_number": .string(track.number), "weight": .number(weight),
            ]
        ]
        _ = try await orderLocks.withLock(orderID) { try await call(.addTrack, body: body) }
    }
}

import JSON

/// A shipment that exists in Commerce.
public struct CommerceShipment: Sendable, Equatable {
    public var entityID: Int
    public var incrementID: String?
    /// The order's entity id.
    public var orderID: Int
    public var items: [ShippedItem]
    public var tracks: [ShipmentTrack]
    public var comments: [String]
}

/// How much of which order item a shipment or a credit memo covers.
public typealias ShippedItem = InvoicedItem

/// A parcel's number with its carrier.
public struct ShipmentTrack: Sendable, Equatable {
    public var number: String
    /// What customers read: `UPS`.
    public var title: String
    /// The carrier's code in Commerce: `ups`, `usps`, `fedex`, `dhl`, or `custom` for any other.
    public var carrierCode: String

    public init(number: String, title: String, carrierCode: String = "custom") {
        self.number = number
        self.title = title
        self.carrierCode = carrierCode
    }

    var json: JSONValue {
        ["carrier_code": .string(carrierCode), "title": .string(title), "track_number": .string(number)]
    }
}

extension CommerceShipment {
    init(_ shipment: JSONNode) throws(OrderReadingError) {
        var items: [ShippedItem] = []
        for item in try shipment["items"].list() { items.append(try ShippedItem(item)) }
        var tracks: [ShipmentTrack] = []
        for track in try shipment["tracks"].list() {
            tracks.append(
                ShipmentTrack(
                    number: try track["track_number"].text() ?? "", title: try track["title"].text() ?? "",
                    carrierCode: try track["carrier_code"].text() ?? ""))
        }
        var comments: [String] = []
        for comment in try shipment["comments"].list() {
            if let text = try comment["comment"].text() { comments.append(text) }
        }
        self.init(
            entityID: try shipment["entity_id"].required(shipment["entity_id"].integer(), "a shipment's id"),
            incrementID: try shipment["increment_id"].text(),
            orderID: try shipment["order_id"].required(shipment["order_id"].integer(), "an order's id"),
            items: items, tracks: tracks, comments: comments)
    }
}

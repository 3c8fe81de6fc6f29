/// Where F&O shows what was shipped. Standard F&O has no entity for packing slips, so a company adds its own: these are
/// its sets, and what their properties are called. The names that stand here are those of the sandbox.
public struct ShipmentEntities: Sendable, Equatable {
    /// What is read of a shipment, header and line.
    public enum Field: String, Sendable, CaseIterable {
        case PackingSlipId, SalesOrderNumber, DeliveryDate, CarrierId, TrackingNumber, TrackingTitle, WarehouseId
        case LineNumber, ItemNumber, Quantity
    }

    public var headers: String
    public var lines: String
    /// A field → the entity's own name, where it is another.
    public var fields: [String: String]

    public init(
        headers: String = "SalesPackingSlipHeaders", lines: String = "SalesPackingSlipLines",
        fields: [String: String] = [:]
    ) {
        self.headers = headers
        self.lines = lines
        self.fields = fields
    }

    public func name(_ field: Field) -> String { fields[field.rawValue] ?? field.rawValue }
}

/// Packing slips. Standard F&O has no such entity: these are what a company might add, under the names that the gateway
/// takes without configuration.
extension EntitySchema {
    static let packingSlipHeaders = EntitySchema(
        set: "SalesPackingSlipHeaders", type: "SalesPackingSlipHeader", key: ["dataAreaId", "PackingSlipId"],
        isReadOnly: true,
        [
            .of(
                .string,
                """
                PackingSlipId SalesOrderNumber CustomersOrderReference CarrierId TrackingNumber TrackingTitle
                WarehouseId
                """),
            .of(.dateTime, "DeliveryDate"),
        ])

    static let packingSlipLines = EntitySchema(
        set: "SalesPackingSlipLines", type: "SalesPackingSlipLine",
        key: ["dataAreaId", "PackingSlipId", "LineNumber"],
        isReadOnly: true,
        [.of(.string, "PackingSlipId SalesOrderNumber ItemNumber WarehouseId"), .of(.decimal, "LineNumber Quantity")])
}

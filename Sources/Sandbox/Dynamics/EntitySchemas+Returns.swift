/// Return orders. Names from the metadata of 10.0.47.
extension EntitySchema {
    static let returnOrderHeaders = EntitySchema(
        set: "ReturnOrderHeadersV2", type: "ReturnOrderHeaderV2", key: ["dataAreaId", "ReturnOrderNumber"],
        [
            .of(
                .string,
                """
                ReturnOrderNumber InvoiceCustomerAccountNumber CustomerReturnReasonCode CustomersOrderReference
                CurrencyCode DefaultReturnSiteId DefaultReturnWarehouseId ReplacementSalesOrderNumber
                """),
            .of(.string, "CustomerAccountNumber").required, .of(.dateTime, "ReturnDeadline"),
            .of(.string, "RMANumber").readOnly,
            .of(
                .enumeration(
                    type: "ReturnStatusHeader", symbols: ["None", "Created", "Open", "Closed", "Canceled"]),
                "ReturnOrderStatus ReturnStatus"
            ).readOnly,
            .of(.decimal, "OrderTotalAmount").readOnly,
        ])

    static let returnOrderLines = EntitySchema(
        set: "ReturnOrderLinesV2", type: "ReturnOrderLineV2",
        key: ["dataAreaId", "ReturnOrderNumber", "ReturnInventoryLotId"],
        [
            .of(.string, "ReturnOrderNumber ItemNumber").required, .of(.decimal, "ReturnSalesQuantity").required,
            .of(.string, "ReturnInventoryLotId").readOnly,
            .of(
                .string,
                """
                SalesUnitSymbol ReturnDispositionCode ReferenceNumber ReferenceInventoryLotId
                ReturningInventoryLotId ReturnSiteId ReturnWarehouseId ProductColorId ProductSizeId ProductStyleId
                ProductConfigurationId LineDescription
                """),
            .of(.decimal, "SalesPrice ReturnUnitCost"), .of(.decimal, "ReturnedSalesQuantity LineAmount").readOnly,
            .of(.dateTime, "ExpectedReturnArrivalDate"), .of(.dateTime, "ActualReturnArrivalDate").readOnly,
            .of(
                .enumeration(
                    type: "ReturnStatusLine",
                    symbols: [
                        "None", "Awaiting", "Registered", "Quarantine", "Received", "Invoiced", "Canceled",
                    ]), "ReturnStatus"
            ).readOnly,
        ])
}

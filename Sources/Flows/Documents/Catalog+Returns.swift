import Mapping

/// Documents of refunds and returns: what they may read and fill.
extension FlowCatalog {
    static let returnTargets: [TargetRecord] = [
        TargetRecord(
            "dynamics.ReturnOrderHeader", owned: ["dataAreaId", "CustomersOrderReference", "CustomerAccountNumber"],
            [
                TargetField("InvoiceCustomerAccountNumber", .text(longest: 20)),
                TargetField("CurrencyCode", .text(longest: 3), required: true),
                TargetField("CustomerReturnReasonCode", .text(longest: 10)),
                TargetField("DefaultReturnSiteId", .text(longest: 10)),
                TargetField("DefaultReturnWarehouseId", .text(longest: 10)),
                TargetField("ReturnDeadline", .date),
                TargetField("ReplacementSalesOrderNumber", .text(longest: 20)),
            ]),
        TargetRecord(
            "dynamics.ReturnOrderLine", owned: ["dataAreaId", "ReturnOrderNumber"],
            [
                TargetField("ItemNumber", .text(longest: 20), required: true),
                TargetField("ReturnSalesQuantity", .decimal, required: true, note: "below zero"),
                TargetField("SalesPrice", .decimal, required: true, note: "of one piece, after discount"),
                TargetField("SalesUnitSymbol", .text(longest: 10)),
                TargetField("ReturningInventoryLotId", .text(longest: 20), note: "of the line that comes back"),
                TargetField("ReferenceInventoryLotId", .text(longest: 20)),
                TargetField("ReferenceNumber", .text(longest: 20)),
                TargetField("ReturnDispositionCode", .text(longest: 10)),
                TargetField("ReturnUnitCost", .decimal),
                TargetField("ReturnSiteId", .text(longest: 10)),
                TargetField("ReturnWarehouseId", .text(longest: 10)),
                TargetField("ExpectedReturnArrivalDate", .date),
            ] + dimensions),
        TargetRecord(
            "dynamics.CreditOrderHeader",
            owned: [
                "dataAreaId", "CustomersOrderReference", "OrderingCustomerAccountNumber",
                "InvoiceCustomerAccountNumber",
            ],
            [
                TargetField("CurrencyCode", .text(longest: 3), required: true),
                TargetField("CustomerRequisitionNumber", .text(longest: 60)),
                TargetField("SalesOrderOriginCode", .text(longest: 10)),
                TargetField("SalesOrderPoolId", .text(longest: 10)),
                TargetField("SalesTaxGroupCode", .text(longest: 10)),
                TargetField("CustomerPaymentMethodName", .text(longest: 10)),
                TargetField("DefaultShippingSiteId", .text(longest: 10)),
                TargetField("DefaultShippingWarehouseId", .text(longest: 10)),
                TargetField("SkipCreateAutoCharges", .noYes), TargetField("OverrideSalesTax", .noYes),
                TargetField("ArePricesIncludingSalesTax", .noYes),
            ]),
        TargetRecord(
            "dynamics.CreditOrderLine", owned: ["dataAreaId", "SalesOrderNumber", "LineNumber"],
            [
                TargetField("ItemNumber", .text(longest: 20), required: true),
                TargetField("LineDescription", .text(longest: nil)),
                TargetField("OrderedSalesQuantity", .decimal, required: true, note: "below zero"),
                TargetField("SalesPrice", .decimal, required: true, note: "of one piece, after discount"),
                TargetField("SalesUnitSymbol", .text(longest: 10)),
                TargetField("SalesTaxGroupCode", .text(longest: 10)),
                TargetField("SalesTaxItemGroupCode", .text(longest: 10)),
                TargetField("ShippingSiteId", .text(longest: 10)),
                TargetField("ShippingWarehouseId", .text(longest: 10)),
            ] + dimensions),
    ]

    static let returnSources: [String: [SourceRecord]] = [
        "commerce.giveback": [
            SourceRecord("order", isOpen: true, [:]), SourceRecord("memo", isOpen: true, [:]),
            SourceRecord("return", isOpen: true, [:]), SourceRecord("entity", ["site": .text, "warehouse": .text]),
            SourceRecord(
                "line",
                [
                    "item": .text, "name": .text, "quantity": .number, "price": .number, "net": .number,
                    "lot": .text, "reason": .text, "number": .number,
                ]),
        ]
    ]

    private static let dimensions = [
        "ProductColorId", "ProductSizeId", "ProductStyleId", "ProductConfigurationId",
    ].map { TargetField($0, .text(longest: 10)) }
}

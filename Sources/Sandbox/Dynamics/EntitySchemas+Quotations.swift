/// Quotations.
extension EntitySchema {
    static let quotationHeaders = EntitySchema(
        set: "SalesQuotationHeadersV2", type: "SalesQuotationHeaderV2", key: ["dataAreaId", "SalesQuotationNumber"],
        [
            .of(
                .string,
                """
                SalesQuotationNumber SalesQuotationName CurrencyCode LanguageId Email CustomersReference
                CustomerRequisitionNumber InvoiceCustomerAccountNumber SalesOrderOriginCode PaymentTermsName
                DeliveryModeCode DeliveryTermsCode DefaultShippingSiteId DefaultShippingWarehouseId
                PriceCustomerGroupCode
                """),
            .of(.string, "RequestingCustomerAccountNumber").required,
            .of(.decimal, "TotalDiscountPercentage TotalDiscountAmount"),
            .of(.dateTime, "SalesQuotationExpiryDate RequestedShippingDate ReceiptDateRequested"),
            .noYes("ArePricesIncludingSalesTax SkipOpportunityCreationPrompt"),
            .of(
                .enumeration(
                    type: "SalesQuotationStatus",
                    symbols: ["Created", "Sent", "Confirmed", "Lost", "Cancelled", "Reset"]), "SalesQuotationStatus"
            ).readOnly,
        ])

    static let quotationLines = EntitySchema(
        set: "SalesQuotationLines", type: "SalesQuotationLine", key: ["dataAreaId", "InventoryLotId"],
        [
            .of(.string, "SalesQuotationNumber ItemNumber").required,
            .of(.decimal, "RequestedSalesQuantity").required,
            .of(
                .string,
                """
                LineDescription SalesUnitSymbol ShippingSiteId ShippingWarehouseId DeliveryModeCode
                ExternalItemNumber
                """),
            .of(.decimal, "SalesPrice LineDiscountAmount LineDiscountPercentage"),
            .of(.int32, "LineCreationSequenceNumber"), .of(.dateTime, "RequestedShippingDate"),
            .of(.string, "InventoryLotId").readOnly, .of(.decimal, "LineAmount").readOnly,
        ])

    static let quotations = [quotationHeaders, quotationLines]
}

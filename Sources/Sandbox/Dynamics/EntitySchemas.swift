/// The entity sets that the sandbox serves, with the properties that a web order can sensibly use.
/// Names from the metadata of 10.0.47; the real `CustomersV3` has some 330.
extension EntitySchema {
    static let customers = EntitySchema(
        set: "CustomersV3", type: "CustomerV3", key: ["dataAreaId", "CustomerAccount"],
        [
            .of(
                .string,
                """
                CustomerAccount PartyNumber PartyType OrganizationName NameAlias KnownAs PersonFirstName
                PersonMiddleName PersonLastName LanguageId OrganizationNumber TaxExemptNumber IdentificationNumber
                PaymentTerms PaymentMethod PaymentSchedule PaymentCashDiscount InvoiceAccount SalesTaxGroup
                DefaultDimensionDisplayValue DiscountPriceGroupId LineDiscountCode MultiLineDiscountCode
                TotalDiscountCode SiteId WarehouseId DeliveryMode DeliveryTerms SalesOrderPoolId ChargesGroupId
                EmployeeResponsibleNumber CreditRating AllowOnAccount PrimaryContactEmail
                PrimaryContactEmailPurpose PrimaryContactEmailDescription PrimaryContactPhone PrimaryContactURL
                ReceiptEmail AddressDescription AddressStreet AddressStreetNumber AddressZipCode AddressCity
                AddressState AddressCounty AddressCountryRegionId AddressCountryRegionISOCode AddressLocationRoles
                DeliveryAddressDescription DeliveryAddressStreet DeliveryAddressStreetNumber
                DeliveryAddressZipCode DeliveryAddressCity DeliveryAddressState DeliveryAddressCountryRegionId
                InvoiceAddressDescription InvoiceAddressStreet InvoiceAddressZipCode InvoiceAddressCity
                InvoiceAddressState InvoiceAddressCountryRegionId
                """),
            .of(.string, "CustomerGroupId SalesCurrencyCode").required,
            .of(.decimal, "CreditLimit"),
            .noYes("IsSalesTaxIncludedInPrices IsOneTimeCustomer CreditLimitIsMandatory PrimaryContactPhoneIsMobile"),
            .of(
                .enumeration(
                    type: "CustVendorBlocked",
                    symbols: ["No", "Invoice", "All", "Payment", "Requisition", "Never", "PurchOrder"]),
                "OnHoldStatus"),
            .of(.string, "FullPrimaryAddress").readOnly,
        ])

    static let salesOrderHeaders = EntitySchema(
        set: "SalesOrderHeadersV2", type: "SalesOrderHeaderV2", key: ["dataAreaId", "SalesOrderNumber"],
        [
            .of(
                .string,
                """
                SalesOrderNumber SalesOrderName CurrencyCode LanguageId CustomersOrderReference
                CustomerRequisitionNumber SalesOrderOriginCode SalesOrderPoolId Email URL DefaultShippingSiteId
                DefaultShippingWarehouseId DeliveryModeCode DeliveryTermsCode ShippingCarrierId PaymentTermsName
                CustomerPaymentMethodName CustomerPostingProfileId SalesTaxGroupCode PriceCustomerGroupCode
                LineDiscountCustomerGroupCode NumberSequenceGroupId DefaultLedgerDimensionDisplayValue
                QuotationNumber
                DeliveryAddressName DeliveryAddressDescription DeliveryAddressStreet DeliveryAddressStreetNumber
                DeliveryAddressZipCode DeliveryAddressCity DeliveryAddressStateId DeliveryAddressCountyId
                DeliveryAddressCountryRegionId DeliveryAddressLocationId
                InvoiceAddressName InvoiceAddressDescription InvoiceAddressStreet InvoiceAddressZipCode
                InvoiceAddressCity InvoiceAddressStateId InvoiceAddressCountryRegionId
                """),
            .of(.string, "OrderingCustomerAccountNumber InvoiceCustomerAccountNumber").required,
            .of(.decimal, "TotalDiscountPercentage TotalDiscountAmount"),
            .of(
                .dateTime,
                "RequestedShippingDate RequestedReceiptDate ConfirmedShippingDate ConfirmedReceiptDate"),
            .noYes(
                """
                ArePricesIncludingSalesTax SkipCreateAutoCharges OverrideSalesTax IsOneTimeCustomer
                IsDeliveryAddressOrderSpecific IsDeliveryAddressPrivate
                """),
            reservation,
            .of(
                .enumeration(
                    type: "SalesStatus", symbols: ["None", "Backorder", "Delivered", "Invoiced", "Canceled"]),
                "SalesOrderStatus"
            ).readOnly,
            .of(
                .enumeration(
                    type: "SalesOrderProcessingStatus",
                    symbols: [
                        "Active", "Confirmed", "Picked", "PartiallyDelivered", "Delivered", "PartiallyInvoiced",
                        "DeliveredPartiallyInvoiced", "Invoiced", "Canceled",
                    ]), "SalesOrderProcessingStatus"
            ).readOnly,
            .of(.dateTime, "OrderCreationDateTime").readOnly,
            .of(
                .decimal, "OrderTotalAmount OrderTotalTaxAmount OrderTotalChargesAmount OrderTotalDiscountAmount"
            ).readOnly,
            .noYes("AreTotalsCalculated").readOnly, .of(.string, "FormattedDelveryAddress").readOnly,
        ])

    /// Microsoft's "Sales order lines V2" is the set `SalesOrderLines`; there is no `SalesOrderLinesV2`.
    static let salesOrderLines = EntitySchema(
        set: "SalesOrderLines", type: "SalesOrderLine", key: ["dataAreaId", "InventoryLotId"], lineProperties)

    static let salesOrderLinesV3 = EntitySchema(
        set: "SalesOrderLinesV3", type: "SalesOrderLineV3", key: ["dataAreaId", "InventoryLotId"],
        lineProperties + [
            .of(.int32, "LineCreationSequenceNumber CustomersLineNumber"),
            .noYes("DefaultLineNumberFromLineCreationSequenceNumber"),
        ])

    private static let reservation = [Property].of(
        .enumeration(
            type: "ItemReservation", symbols: ["None", "Manual", "Automatic", "Explosion"]),
        "InventoryReservationMethod")

    private static let lineProperties: [[Property]] = [
        .of(.string, "SalesOrderNumber ItemNumber").required,
        .of(.decimal, "OrderedSalesQuantity").required,
        .of(
            .string,
            """
            ExternalItemNumber LineDescription SalesUnitSymbol CurrencyCode ProductColorId ProductSizeId
            ProductStyleId ProductConfigurationId ProductVersionId ItemBatchNumber ItemSerialNumber ShippingSiteId
            ShippingWarehouseId DeliveryModeCode SalesTaxGroupCode SalesTaxItemGroupCode
            InventoryServiceReservationId CustomerRequisitionNumber OrderLineReference
            DefaultLedgerDimensionDisplayValue DeliveryAddressName DeliveryAddressDescription DeliveryAddressStreet
            DeliveryAddressZipCode DeliveryAddressCity DeliveryAddressStateId DeliveryAddressCountryRegionId
            DeliveryAddressLocationId
            """),
        .of(
            .decimal,
            """
            LineNumber SalesPrice SalesPriceQuantity LineDiscountAmount LineDiscountPercentage
            MultilineDiscountAmount MultilineDiscountPercentage LineAmount FixedPriceCharges
            """),
        .of(.dateTime, "RequestedShippingDate RequestedReceiptDate ConfirmedShippingDate ConfirmedReceiptDate"),
        .noYes("IsPriceLocked CalculateLineAmount IsSoftReservedExternally SkipCreateAutoCharges"),
        reservation,
        .of(
            .enumeration(
                type: "SalesStatus", symbols: ["None", "Backorder", "Delivered", "Invoiced", "Canceled"]),
            "SalesOrderLineStatus"
        ).readOnly,
        .of(.string, "InventoryLotId").readOnly,
    ]

    static let salesInvoiceHeaders = EntitySchema(
        set: "SalesInvoiceHeadersV2", type: "SalesInvoiceHeaderV2",
        key: ["dataAreaId", "InvoiceNumber", "InvoiceDate", "LedgerVoucher"], isReadOnly: true,
        [
            .of(
                .string,
                """
                InvoiceNumber LedgerVoucher SalesOrderNumber InvoiceCustomerAccountNumber CustomersOrderReference
                CurrencyCode PaymentTermsName DeliveryModeCode DeliveryTermsCode SalesOrderOriginCode
                InvoiceAddressStreet InvoiceAddressCity InvoiceAddressZipCode InvoiceAddressCountryRegionId
                """),
            .of(.dateTime, "InvoiceDate"),
            .of(
                .decimal,
                "TotalInvoiceAmount TotalTaxAmount InvoiceHeaderTaxAmount TotalChargeAmount TotalDiscountAmount"),
        ])

    /// No item number and no key of the order line: the real entity has neither.
    static let salesInvoiceLines = EntitySchema(
        set: "SalesInvoiceV3Lines", type: "SalesInvoiceV3Line",
        key: ["dataAreaId", "InvoiceNumber", "LineCreationSequenceNumber", "InvoiceDate", "LedgerVoucher"],
        isReadOnly: true,
        [
            .of(
                .string,
                """
                InvoiceNumber LedgerVoucher ProductNumber ProductName ProductDescription SalesUnitSymbol
                InventorySiteId InventoryWarehouseId ProductColorId ProductSizeId ProductStyleId
                ProductConfigurationId
                """),
            // Of a company's own; the standard entity does not say.
            .of(.string, "OriginalSalesOrderNumber"),
            .of(.dateTime, "InvoiceDate ConfirmedShippingDate"),
            .of(.int32, "LineCreationSequenceNumber"),
            .of(
                .decimal,
                """
                InvoicedQuantity SalesPrice LineAmount LineTotalTaxAmount LineTotalDiscountAmount
                LineTotalChargeAmount
                """),
        ])

    static let all =
        [
            customers, salesOrderHeaders, salesOrderLines, salesOrderLinesV3, salesInvoiceHeaders, salesInvoiceLines,
            packingSlipHeaders, packingSlipLines, paymentJournalHeaders, paymentJournalLines, returnOrderHeaders,
            returnOrderLines,
        ] + parties + quotations
    private static let bySet = Dictionary(uniqueKeysWithValues: all.map { ($0.set, $0) })

    /// Names are case-sensitive.
    static func named(_ set: String) -> EntitySchema? { bySet[set] }
}

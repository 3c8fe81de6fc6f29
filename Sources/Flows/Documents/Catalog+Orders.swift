import Mapping

/// What the documents of orders speak of. F&O's fields are those of the metadata of 10.0.47; their lengths are not in it,
/// and F&O refuses what is too long itself.
enum OrderCatalog {
    static let targets = [header, line, customer]

    static let sources: [String: [SourceRecord]] = [
        "commerce.order": [order, sale, entity],
        "commerce.orderLine": [order, sale, entity, workedOutLine, item],
        "commerce.orderCustomer": [order, sale, entity, accountAddress],
    ]

    /// `SalesOrderHeadersV2`, alike in later versions.
    static let header = TargetRecord(
        "dynamics.SalesOrderHeader",
        owned: ["dataAreaId", "CustomersOrderReference", "OrderingCustomerAccountNumber"],
        fields(
            text: """
                SalesOrderNumber SalesOrderName InvoiceCustomerAccountNumber CurrencyCode LanguageId
                CustomerRequisitionNumber SalesOrderOriginCode SalesOrderPoolId Email URL DefaultShippingSiteId
                DefaultShippingWarehouseId DeliveryModeCode DeliveryTermsCode ShippingCarrierId PaymentTermsName
                CustomerPaymentMethodName CustomerPostingProfileId SalesTaxGroupCode PriceCustomerGroupCode
                LineDiscountCustomerGroupCode NumberSequenceGroupId DefaultLedgerDimensionDisplayValue QuotationNumber
                DeliveryAddressName DeliveryAddressDescription DeliveryAddressStreet DeliveryAddressStreetNumber
                DeliveryAddressZipCode DeliveryAddressCity DeliveryAddressStateId DeliveryAddressCountyId
                DeliveryAddressCountryRegionId DeliveryAddressLocationId InvoiceAddressName InvoiceAddressDescription
                InvoiceAddressStreet InvoiceAddressZipCode InvoiceAddressCity InvoiceAddressStateId
                InvoiceAddressCountryRegionId
                """,
            number: "TotalDiscountPercentage TotalDiscountAmount",
            date: "RequestedShippingDate RequestedReceiptDate ConfirmedShippingDate ConfirmedReceiptDate",
            flag: """
                ArePricesIncludingSalesTax SkipCreateAutoCharges OverrideSalesTax IsOneTimeCustomer
                IsDeliveryAddressOrderSpecific IsDeliveryAddressPrivate
                """) + [TargetField("InventoryReservationMethod", .choice(["None", "Automatic", "Explosion"]))])

    /// `SalesOrderLinesV3`, and `SalesOrderLines` without the whole numbers.
    static let line = TargetRecord(
        "dynamics.SalesOrderLine", owned: ["dataAreaId", "SalesOrderNumber", "LineNumber"],
        fields(
            text: """
                ExternalItemNumber LineDescription SalesUnitSymbol CurrencyCode ProductColorId ProductSizeId
                ProductStyleId ProductConfigurationId ProductVersionId ItemBatchNumber ItemSerialNumber ShippingSiteId
                ShippingWarehouseId DeliveryModeCode SalesTaxGroupCode SalesTaxItemGroupCode
                InventoryServiceReservationId CustomerRequisitionNumber OrderLineReference
                DefaultLedgerDimensionDisplayValue DeliveryAddressName DeliveryAddressDescription DeliveryAddressStreet
                DeliveryAddressZipCode DeliveryAddressCity DeliveryAddressStateId DeliveryAddressCountryRegionId
                DeliveryAddressLocationId
                """,
            number: """
                SalesPrice SalesPriceQuantity LineDiscountAmount LineDiscountPercentage MultilineDiscountAmount
                MultilineDiscountPercentage LineAmount FixedPriceCharges
                """,
            date: "RequestedShippingDate RequestedReceiptDate ConfirmedShippingDate ConfirmedReceiptDate",
            flag: "IsPriceLocked CalculateLineAmount IsSoftReservedExternally SkipCreateAutoCharges") + [
                TargetField("ItemNumber", .text(longest: nil), required: true),
                TargetField("OrderedSalesQuantity", .decimal, required: true),
                TargetField("CustomersLineNumber", .integer, note: "SalesOrderLinesV3 only"),
                TargetField("InventoryReservationMethod", .choice(["None", "Manual", "Automatic", "Explosion"])),
            ])

    /// `CustomersV3`, as far as an order can fill it.
    static let customer = TargetRecord(
        "dynamics.OrderCustomer", owned: ["dataAreaId", "PrimaryContactEmail"],
        fields(
            text: """
                CustomerAccount PartyNumber OrganizationName NameAlias KnownAs PersonFirstName PersonMiddleName
                PersonLastName LanguageId OrganizationNumber TaxExemptNumber IdentificationNumber PaymentTerms
                PaymentMethod PaymentSchedule PaymentCashDiscount InvoiceAccount SalesTaxGroup
                DefaultDimensionDisplayValue DiscountPriceGroupId LineDiscountCode MultiLineDiscountCode
                TotalDiscountCode SiteId WarehouseId DeliveryMode DeliveryTerms SalesOrderPoolId ChargesGroupId
                EmployeeResponsibleNumber CreditRating PrimaryContactEmailPurpose PrimaryContactEmailDescription
                PrimaryContactPhone PrimaryContactURL ReceiptEmail AddressDescription AddressStreet AddressStreetNumber
                AddressZipCode AddressCity AddressState AddressCounty AddressCountryRegionId
                AddressCountryRegionISOCode AddressLocationRoles DeliveryAddressDescription DeliveryAddressStreet
                DeliveryAddressStreetNumber DeliveryAddressZipCode DeliveryAddressCity DeliveryAddressState
                DeliveryAddressCountryRegionId InvoiceAddressDescription InvoiceAddressStreet InvoiceAddressZipCode
                InvoiceAddressCity InvoiceAddressState InvoiceAddressCountryRegionId
                """,
            number: "CreditLimit", date: "",
            flag: "IsSalesTaxIncludedInPrices IsOneTimeCustomer CreditLimitIsMandatory PrimaryContactPhoneIsMobile")
            + [
                TargetField("PartyType", .choice(["Person", "Organization"]), required: true),
                TargetField("CustomerGroupId", .text(longest: nil), required: true),
                TargetField("SalesCurrencyCode", .text(longest: nil), required: true),
            ])

    private static func fields(text: String, number: String, date: String, flag: String) -> [TargetField] {
        func all(_ names: String, _ kind: TargetField.Kind) -> [TargetField] {
            names.split(whereSeparator: \.isWhitespace).map { TargetField(String($0), kind) }
        }
        return all(text, .text(longest: nil)) + all(number, .decimal) + all(date, .date) + all(flag, .noYes)
    }
}

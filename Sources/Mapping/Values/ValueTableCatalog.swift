/// The tables that there are: those that every company has, and its own.
public struct ValueTableCatalog: Sendable, Equatable {
    /// In alphabetical order.
    public var tables: [ValueTableDefinition] { byName.values.sorted { $0.name < $1.name } }
    private var byName: [String: ValueTableDefinition]

    /// - Parameter own: Take the place of standard tables with the same name.
    public init(own: [ValueTableDefinition] = []) {
        let all = Self.standardTables + own
        byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    public static let standard = ValueTableCatalog()

    public subscript(_ name: String) -> ValueTableDefinition? { byName[name] }

    /// Names of fields are those of the entities that the flows write (docs/values.md).
    private static let standardTables = [
        ValueTableDefinition(
            name: "items", key: "sku",
            columns: [
                "ItemNumber", "ProductColorId", "ProductSizeId", "ProductStyleId", "ProductConfigurationId",
                "ProductVersionId",
            ], summary: "A SKU is an item number with the dimensions of its variant."),
        ValueTableDefinition(
            name: "customer-groups", key: "customer_group_id", columns: ["CustomerGroupId", "DiscountPriceGroupId"],
            summary: "The id of a customer group in Commerce is a customer group and a price group in F&O."),
        ValueTableDefinition(
            name: "payment-methods", key: "method",
            columns: [
                "CustomerPaymentMethodName", "PaymentTermsName", "PaymentJournalName", "OffsetAccountType",
                "OffsetAccountDisplayValue",
            ], summary: "A payment method, with the terms, the journal and the offset account of its payments."),
        ValueTableDefinition(
            name: "payment-terms", key: "payment_terms", columns: ["PaymentTermsName"],
            summary: "Terms of payment as the shop names them, and in F&O."),
        ValueTableDefinition(
            name: "shipping-methods", key: "carrier_method",
            columns: ["DeliveryModeCode", "DeliveryTermsCode", "ShippingCarrierId"],
            summary: "A shipping method (shipping_method of an order) is a mode and terms of delivery."),
        ValueTableDefinition(
            name: "countries", key: "country_id", columns: ["CountryRegionId"],
            summary: "ISO 3166 alpha-2 as Commerce has it, and the country as F&O has it, mostly alpha-3."),
        ValueTableDefinition(
            name: "regions", key: "region", columns: ["AddressState"],
            summary: "Country and region code with a dash between (US-CA, DE-BER), and the state in F&O."),
        ValueTableDefinition(
            name: "tax-groups", key: "tax_class", columns: ["SalesTaxGroupCode", "SalesTaxItemGroupCode"],
            summary: "A tax class in Commerce, and the sales tax groups of customer and item."),
        ValueTableDefinition(
            name: "units", key: "unit", columns: ["SalesUnitSymbol"],
            summary: "A unit as the shop names it, and its symbol in F&O."),
        ValueTableDefinition(
            name: "sources", key: "source_code", columns: ["ShippingSiteId", "ShippingWarehouseId"],
            summary: "An inventory source of Commerce is a site and a warehouse."),
        ValueTableDefinition(
            name: "stores", key: "store_id", columns: ["dataAreaId"],
            summary: "A store of Commerce sells for a legal entity."),
        ValueTableDefinition(
            name: "carriers", key: "DeliveryModeCode", columns: ["carrier_code", "title"], keysOf: .dynamics,
            summary: "What ships by a mode of delivery shows in Commerce with this carrier."),
        ValueTableDefinition(
            name: "order-statuses", key: "SalesOrderProcessingStatus", columns: ["status"], keysOf: .dynamics,
            summary: "How far a sales order has come, and the shop's own status for it."),
        ValueTableDefinition(
            name: "return-reasons", key: "reason", columns: ["CustomerReturnReasonCode", "ReturnDispositionCode"],
            summary: "Why something comes back, and what becomes of it."),
    ]
}

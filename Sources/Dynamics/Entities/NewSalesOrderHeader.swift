public import Foundation

/// A sales order to be created, without its lines (`SalesOrderHeadersV2`).
///
/// Only what is set is sent: F&O fills the rest with its defaults, which an empty string or a zero would override.
public struct NewSalesOrderHeader: Sendable, Equatable, Encodable {
    /// The longest `CustomersOrderReference`, in UTF-16 units: F&O keeps it as `CustRef`, a string of 60
    /// (learn.microsoft.com/previous-versions/dynamics/ax-2012/reference, "CustRef Extended Data Type"). Check it
    /// before sending: a reference that was cut would not be found again.
    public static let customersOrderReferenceLimit = 60

    public var dataAreaId: String
    /// `nil` where the number sequence of the legal entity hands out order numbers.
    public var SalesOrderNumber: String?
    public var SalesOrderName: String?
    public var OrderingCustomerAccountNumber: String
    public var InvoiceCustomerAccountNumber: String?
    public var CurrencyCode: String?
    public var LanguageId: String?
    /// The order number of the shop, by which the order is found again.
    public var CustomersOrderReference: String?
    public var CustomerRequisitionNumber: String?
    public var SalesOrderOriginCode: String?
    public var SalesOrderPoolId: String?
    public var Email: String?
    public var RequestedShippingDate: ODataDate?
    public var RequestedReceiptDate: ODataDate?
    public var DefaultShippingSiteId: String?
    public var DefaultShippingWarehouseId: String?
    public var DeliveryModeCode: String?
    public var DeliveryTermsCode: String?
    public var ShippingCarrierId: String?
    public var PaymentTermsName: String?
    public var CustomerPaymentMethodName: String?
    public var SalesTaxGroupCode: String?
    public var ArePricesIncludingSalesTax: NoYes?
    public var PriceCustomerGroupCode: String?
    public var TotalDiscountPercentage: Decimal?
    public var TotalDiscountAmount: Decimal?
    public var SkipCreateAutoCharges: NoYes?
    public var OverrideSalesTax: NoYes?
    /// `None`, `Automatic`, `Explosion`.
    public var InventoryReservationMethod: String?
    public var NumberSequenceGroupId: String?
    public var DefaultLedgerDimensionDisplayValue: String?

    /// `Yes`, or the address below is added to the customer's own addresses.
    public var IsDeliveryAddressOrderSpecific: NoYes?
    public var DeliveryAddressName: String?
    public var DeliveryAddressDescription: String?
    public var DeliveryAddressStreet: String?
    public var DeliveryAddressStreetNumber: String?
    public var DeliveryAddressZipCode: String?
    public var DeliveryAddressCity: String?
    public var DeliveryAddressStateId: String?
    public var DeliveryAddressCountyId: String?
    /// F&O's own id, usually the ISO 3166-1 alpha-3 code: see `CountryRegion`.
    public var DeliveryAddressCountryRegionId: String?

    public init(dataAreaId: String, OrderingCustomerAccountNumber: String) {
        self.dataAreaId = dataAreaId
        self.OrderingCustomerAccountNumber = OrderingCustomerAccountNumber
    }
}

import Dynamics
import Foundation

/// A sales order to be created, without its lines (`SalesOrderHeadersV2`).
///
/// Only what is set is sent: F&O fills the rest with its defaults, which an empty string or a zero would override.
struct NewSalesOrderHeader: Sendable, Equatable, Encodable {
    var dataAreaId: String
    /// `nil` where the number sequence of the legal entity hands out order numbers.
    var SalesOrderNumber: String?
    var SalesOrderName: String?
    var OrderingCustomerAccountNumber: String
    var InvoiceCustomerAccountNumber: String?
    var CurrencyCode: String?
    var LanguageId: String?
    /// The order number of the shop, by which the order is found again.
    var CustomersOrderReference: String?
    var CustomerRequisitionNumber: String?
    var SalesOrderOriginCode: String?
    var SalesOrderPoolId: String?
    var Email: String?
    var RequestedShippingDate: ODataDate?
    var RequestedReceiptDate: ODataDate?
    var DefaultShippingSiteId: String?
    var DefaultShippingWarehouseId: String?
    var DeliveryModeCode: String?
    var DeliveryTermsCode: String?
    var ShippingCarrierId: String?
    var PaymentTermsName: String?
    var CustomerPaymentMethodName: String?
    var SalesTaxGroupCode: String?
    var ArePricesIncludingSalesTax: NoYes?
    var PriceCustomerGroupCode: String?
    var TotalDiscountPercentage: Decimal?
    var TotalDiscountAmount: Decimal?
    var SkipCreateAutoCharges: NoYes?
    var OverrideSalesTax: NoYes?
    /// `None`, `Automatic`, `Explosion`.
    var InventoryReservationMethod: String?
    var NumberSequenceGroupId: String?
    var DefaultLedgerDimensionDisplayValue: String?

    /// `Yes`, or the address below is added to the customer's own addresses.
    var IsDeliveryAddressOrderSpecific: NoYes?
    var DeliveryAddressName: String?
    var DeliveryAddressDescription: String?
    var DeliveryAddressStreet: String?
    var DeliveryAddressStreetNumber: String?
    var DeliveryAddressZipCode: String?
    var DeliveryAddressCity: String?
    var DeliveryAddressStateId: String?
    var DeliveryAddressCountyId: String?
    /// F&O's own id, usually the ISO 3166-1 alpha-3 code: see `CountryRegion`.
    var DeliveryAddressCountryRegionId: String?

    init(dataAreaId: String, OrderingCustomerAccountNumber: String) {
        self.dataAreaId = dataAreaId
        self.OrderingCustomerAccountNumber = OrderingCustomerAccountNumber
    }
}

import Dynamics
import Foundation

/// A line to be added to a sales order (`SalesOrderLinesV3` or `SalesOrderLines`).
///
/// Only what is set is sent: F&O fills the rest with its defaults, which an empty string or a zero would override.
/// Add the lines of one order one after the other: side by side they meet in update conflicts.
struct NewSalesOrderLine: Sendable, Equatable, Encodable {
    var dataAreaId: String
    var SalesOrderNumber: String
    var LineNumber: Decimal
    var ItemNumber: String?
    var ExternalItemNumber: String?
    var LineDescription: String?
    var OrderedSalesQuantity: Decimal?
    var SalesUnitSymbol: String?
    /// For `SalesPriceQuantity` units. F&O may replace it by a trade agreement: compare what it answers.
    var SalesPrice: Decimal?
    var SalesPriceQuantity: Decimal?
    /// Per unit.
    var LineDiscountAmount: Decimal?
    var LineDiscountPercentage: Decimal?
    var LineAmount: Decimal?
    var FixedPriceCharges: Decimal?
    var IsPriceLocked: NoYes?
    var CalculateLineAmount: NoYes?
    var ProductColorId: String?
    var ProductSizeId: String?
    var ProductStyleId: String?
    var ProductConfigurationId: String?
    var ProductVersionId: String?
    var ShippingSiteId: String?
    var ShippingWarehouseId: String?
    var RequestedShippingDate: ODataDate?
    var RequestedReceiptDate: ODataDate?
    var DeliveryModeCode: String?
    var SalesTaxGroupCode: String?
    var SalesTaxItemGroupCode: String?
    /// `None`, `Automatic`, `Explosion`.
    var InventoryReservationMethod: String?
    /// The id of a soft reservation of the Inventory Visibility add-in.
    var InventoryServiceReservationId: String?
    var SkipCreateAutoCharges: NoYes?
    var CustomerRequisitionNumber: String?
    var DefaultLedgerDimensionDisplayValue: String?

    init(dataAreaId: String, SalesOrderNumber: String, LineNumber: Decimal) {
        self.dataAreaId = dataAreaId
        self.SalesOrderNumber = SalesOrderNumber
        self.LineNumber = LineNumber
    }
}

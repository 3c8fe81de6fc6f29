public import Foundation

/// A line to be added to a sales order (`SalesOrderLinesV3` or `SalesOrderLines`).
///
/// Only what is set is sent: F&O fills the rest with its defaults, which an empty string or a zero would override.
/// Add the lines of one order one after the other: side by side they meet in update conflicts.
public struct NewSalesOrderLine: Sendable, Equatable, Encodable {
    public var dataAreaId: String
    public var SalesOrderNumber: String
    public var LineNumber: Decimal
    public var ItemNumber: String?
    public var ExternalItemNumber: String?
    public var LineDescription: String?
    public var OrderedSalesQuantity: Decimal?
    public var SalesUnitSymbol: String?
    /// For `SalesPriceQuantity` units. F&O may replace it by a trade agreement: compare what it answers.
    public var SalesPrice: Decimal?
    public var SalesPriceQuantity: Decimal?
    /// Per unit.
    public var LineDiscountAmount: Decimal?
    public var LineDiscountPercentage: Decimal?
    public var LineAmount: Decimal?
    public var FixedPriceCharges: Decimal?
    public var IsPriceLocked: NoYes?
    public var CalculateLineAmount: NoYes?
    public var ProductColorId: String?
    public var ProductSizeId: String?
    public var ProductStyleId: String?
    public var ProductConfigurationId: String?
    public var ProductVersionId: String?
    public var ShippingSiteId: String?
    public var ShippingWarehouseId: String?
    public var RequestedShippingDate: ODataDate?
    public var RequestedReceiptDate: ODataDate?
    public var DeliveryModeCode: String?
    public var SalesTaxGroupCode: String?
    public var SalesTaxItemGroupCode: String?
    /// `None`, `Automatic`, `Explosion`.
    public var InventoryReservationMethod: String?
    /// The id of a soft reservation of the Inventory Visibility add-in.
    public var InventoryServiceReservationId: String?
    public var SkipCreateAutoCharges: NoYes?
    public var CustomerRequisitionNumber: String?
    public var DefaultLedgerDimensionDisplayValue: String?

    public init(dataAreaId: String, SalesOrderNumber: String, LineNumber: Decimal) {
        self.dataAreaId = dataAreaId
        self.SalesOrderNumber = SalesOrderNumber
        self.LineNumber = LineNumber
    }
}

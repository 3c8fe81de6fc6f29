public import Foundation

/// A line of a sales order (`SalesOrderLinesV3` or `SalesOrderLines`), as far as Causeway reads it.
public struct SalesOrderLineRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    /// The line's key; F&O assigns it.
    public var InventoryLotId: String
    public var SalesOrderNumber: String
    public var LineNumber: Decimal
    public var ItemNumber: String?
    public var ExternalItemNumber: String?
    public var LineDescription: String?
    public var OrderedSalesQuantity: Decimal?
    public var SalesUnitSymbol: String?
    public var SalesPrice: Decimal?
    public var SalesPriceQuantity: Decimal?
    public var LineDiscountAmount: Decimal?
    public var LineDiscountPercentage: Decimal?
    /// Quantity × price less discounts, as F&O calculated it.
    public var LineAmount: Decimal?
    public var SalesOrderLineStatus: SalesStatus?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, InventoryLotId, SalesOrderNumber, LineNumber, ItemNumber, ExternalItemNumber
        case LineDescription, OrderedSalesQuantity, SalesUnitSymbol, SalesPrice, SalesPriceQuantity
        case LineDiscountAmount, LineDiscountPercentage, LineAmount, SalesOrderLineStatus
    }

    public static let key = ["dataAreaId", "InventoryLotId"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, InventoryLotId: String, SalesOrderNumber: String, LineNumber: Decimal) {
        self.dataAreaId = dataAreaId
        self.InventoryLotId = InventoryLotId
        self.SalesOrderNumber = SalesOrderNumber
        self.LineNumber = LineNumber
    }
}

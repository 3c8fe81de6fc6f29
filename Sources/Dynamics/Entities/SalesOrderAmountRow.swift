public import Foundation

/// What a line of a sales order comes to (`SalesOrderLinesV3` or `SalesOrderLines`).
public struct SalesOrderAmountRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var InventoryLotId: String
    public var SalesOrderNumber: String
    public var LineAmount: Decimal?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, InventoryLotId, SalesOrderNumber, LineAmount
    }

    public static let key = ["dataAreaId", "InventoryLotId"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }
}

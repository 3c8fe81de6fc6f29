public import Foundation
public import Relay

/// A sales order (`SalesOrderHeadersV2`), as far as it is compared with the shop's.
public struct SalesOrderOverviewRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var SalesOrderNumber: String
    public var CustomersOrderReference: String?
    public var SalesOrderOriginCode: String?
    public var CurrencyCode: String?
    public var SalesOrderStatus: SalesStatus?
    public var SalesOrderProcessingStatus: String?
    /// `2026-01-01T10:00:12Z`
    public var OrderCreationDateTime: String?
    /// Whether the totals below mean anything.
    public var AreTotalsCalculated: NoYes?
    public var OrderTotalAmount: Decimal?
    public var OrderTotalChargesAmount: Decimal?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, SalesOrderNumber, CustomersOrderReference, SalesOrderOriginCode, CurrencyCode
        case SalesOrderStatus, SalesOrderProcessingStatus, OrderCreationDateTime
        case AreTotalsCalculated, OrderTotalAmount, OrderTotalChargesAmount
    }

    public static let key = ["dataAreaId", "SalesOrderNumber"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, SalesOrderNumber: String) {
        self.dataAreaId = dataAreaId
        self.SalesOrderNumber = SalesOrderNumber
    }

    public var createdAt: Timestamp? { OrderCreationDateTime.flatMap(DynamicsTime.parse) }
}

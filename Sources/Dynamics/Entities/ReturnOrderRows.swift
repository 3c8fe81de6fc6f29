public import Foundation

/// A return order (`ReturnOrderHeadersV2`), as far as Causeway reads it.
public struct ReturnOrderHeaderRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    /// The sales order number of the return, which its credit note names as well.
    public var ReturnOrderNumber: String
    /// The shop's document, by which the return order is found again.
    public var CustomersOrderReference: String?
    public var CustomerAccountNumber: String?
    public var CurrencyCode: String?
    /// `Created`, `Open`, `Closed`, `Canceled`.
    public var ReturnOrderStatus: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, ReturnOrderNumber, CustomersOrderReference, CustomerAccountNumber, CurrencyCode
        case ReturnOrderStatus
    }

    public static let key = ["dataAreaId", "ReturnOrderNumber"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, ReturnOrderNumber: String) {
        self.dataAreaId = dataAreaId
        self.ReturnOrderNumber = ReturnOrderNumber
    }
}

/// A line of a return order (`ReturnOrderLinesV2`), as far as Causeway reads it.
public struct ReturnOrderLineRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var ReturnOrderNumber: String
    /// The line's key; F&O assigns it.
    public var ReturnInventoryLotId: String
    public var ItemNumber: String?
    /// Negative, as F&O keeps what comes back.
    public var ReturnSalesQuantity: Decimal?
    /// What has arrived.
    public var ReturnedSalesQuantity: Decimal?
    public var SalesPrice: Decimal?
    public var LineAmount: Decimal?
    /// `Awaiting`, `Registered`, `Quarantine`, `Received`, `Invoiced`, `Canceled`.
    public var ReturnStatus: String?
    public var ReturnDispositionCode: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, ReturnOrderNumber, ReturnInventoryLotId, ItemNumber, ReturnSalesQuantity
        case ReturnedSalesQuantity, SalesPrice, LineAmount, ReturnStatus, ReturnDispositionCode
    }

    public static let key = ["dataAreaId", "ReturnOrderNumber", "ReturnInventoryLotId"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, ReturnOrderNumber: String, ReturnInventoryLotId: String) {
        self.dataAreaId = dataAreaId
        self.ReturnOrderNumber = ReturnOrderNumber
        self.ReturnInventoryLotId = ReturnInventoryLotId
    }
}

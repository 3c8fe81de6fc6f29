/// How far a sales order has come (`SalesOrderHeadersV2`), as far as the shop is told of it.
public struct SalesOrderStatusRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var SalesOrderNumber: String
    /// The order number of the shop.
    public var CustomersOrderReference: String?
    public var SalesOrderStatus: SalesStatus?
    /// `Active`, `Confirmed`, `Picked`, `PartiallyDelivered`, `Delivered`, `PartiallyInvoiced`,
    /// `DeliveredPartiallyInvoiced`, `Invoiced`, `Canceled`.
    public var SalesOrderProcessingStatus: String?
    public var ConfirmedShippingDate: ODataDate?
    public var ConfirmedReceiptDate: ODataDate?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, SalesOrderNumber, CustomersOrderReference, SalesOrderStatus, SalesOrderProcessingStatus
        case ConfirmedShippingDate, ConfirmedReceiptDate
    }

    public static let key = ["dataAreaId", "SalesOrderNumber"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, SalesOrderNumber: String) {
        self.dataAreaId = dataAreaId
        self.SalesOrderNumber = SalesOrderNumber
    }

    /// Whether F&O still takes changes of it.
    public var isOpen: Bool { [nil, .None, .Backorder].contains(SalesOrderStatus) }
}

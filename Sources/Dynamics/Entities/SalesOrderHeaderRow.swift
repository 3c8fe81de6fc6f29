public import Foundation

/// A sales order (`SalesOrderHeadersV2`), as far as Causeway reads it.
public struct SalesOrderHeaderRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var SalesOrderNumber: String
    /// The order number of the shop.
    public var CustomersOrderReference: String?
    public var OrderingCustomerAccountNumber: String?
    public var InvoiceCustomerAccountNumber: String?
    public var CurrencyCode: String?
    public var SalesOrderStatus: SalesStatus?
    public var SalesOrderProcessingStatus: String?
    /// Whether the totals below mean anything.
    public var AreTotalsCalculated: NoYes?
    public var ArePricesIncludingSalesTax: NoYes?
    public var OrderTotalAmount: Decimal?
    public var OrderTotalTaxAmount: Decimal?
    public var OrderTotalChargesAmount: Decimal?
    public var OrderTotalDiscountAmount: Decimal?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, SalesOrderNumber, CustomersOrderReference, OrderingCustomerAccountNumber
        case InvoiceCustomerAccountNumber, CurrencyCode, SalesOrderStatus, SalesOrderProcessingStatus
        case AreTotalsCalculated, ArePricesIncludingSalesTax
        case OrderTotalAmount, OrderTotalTaxAmount, OrderTotalChargesAmount, OrderTotalDiscountAmount
    }

    public static let key = ["dataAreaId", "SalesOrderNumber"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, SalesOrderNumber: String) {
        self.dataAreaId = dataAreaId
        self.SalesOrderNumber = SalesOrderNumber
    }
}

public import Foundation

/// A posted sales invoice (`SalesInvoiceHeadersV2`), as far as Causeway reads it.
public struct SalesInvoiceHeaderRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var InvoiceNumber: String
    public var InvoiceDate: ODataDate?
    public var LedgerVoucher: String?
    /// Empty for an invoice that sums up several orders.
    public var SalesOrderNumber: String?
    public var InvoiceCustomerAccountNumber: String?
    /// The order number of the shop.
    public var CustomersOrderReference: String?
    public var CurrencyCode: String?
    public var TotalInvoiceAmount: Decimal?
    public var TotalTaxAmount: Decimal?
    public var TotalChargeAmount: Decimal?
    public var TotalDiscountAmount: Decimal?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, InvoiceNumber, InvoiceDate, LedgerVoucher, SalesOrderNumber, InvoiceCustomerAccountNumber
        case CustomersOrderReference, CurrencyCode
        case TotalInvoiceAmount, TotalTaxAmount, TotalChargeAmount, TotalDiscountAmount
    }

    public static let key = ["dataAreaId", "InvoiceNumber", "InvoiceDate", "LedgerVoucher"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, InvoiceNumber: String) {
        self.dataAreaId = dataAreaId
        self.InvoiceNumber = InvoiceNumber
    }
}

public import Foundation

/// A line of a posted sales invoice (`SalesInvoiceV3Lines`), as far as Causeway reads it.
///
/// It names neither item number nor order line: match it by product number and sequence.
public struct SalesInvoiceLineRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var InvoiceNumber: String
    public var LineCreationSequenceNumber: Int64
    public var ProductNumber: String?
    public var ProductName: String?
    public var ProductDescription: String?
    public var InvoicedQuantity: Decimal
    public var SalesUnitSymbol: String?
    public var SalesPrice: Decimal?
    public var LineAmount: Decimal?
    public var LineTotalTaxAmount: Decimal?
    public var LineTotalDiscountAmount: Decimal?
    public var LineTotalChargeAmount: Decimal?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, InvoiceNumber, LineCreationSequenceNumber, ProductNumber, ProductName, ProductDescription
        case InvoicedQuantity, SalesUnitSymbol, SalesPrice, LineAmount
        case LineTotalTaxAmount, LineTotalDiscountAmount, LineTotalChargeAmount
    }

    public static let key = [
        "dataAreaId", "InvoiceNumber", "LineCreationSequenceNumber", "InvoiceDate", "LedgerVoucher",
    ]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(
        dataAreaId: String, InvoiceNumber: String, LineCreationSequenceNumber: Int64, InvoicedQuantity: Decimal
    ) {
        self.dataAreaId = dataAreaId
        self.InvoiceNumber = InvoiceNumber
        self.LineCreationSequenceNumber = LineCreationSequenceNumber
        self.InvoicedQuantity = InvoicedQuantity
    }
}

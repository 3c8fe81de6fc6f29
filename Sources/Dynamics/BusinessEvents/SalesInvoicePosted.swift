public import Foundation
import Relay

/// The contract of `SalesInvoicePostedBusinessEvent`, "Invoice is created from a sales order".
///
/// A thin notice: read the invoice itself by OData.
public struct SalesInvoicePosted: Sendable, Equatable {
    public static let businessEventId = "SalesInvoicePostedBusinessEvent"

    public var InvoiceAccount: String
    public var InvoiceId: String
    /// `nil` for an invoice that sums up several orders.
    public var SalesOrderId: String?
    /// In lower case.
    public var LegalEntity: String
    public var InvoiceDate: ODataDate?
    public var InvoiceDueDate: ODataDate?
    public var InvoiceAmountInAccountingCurrency: Decimal
    public var InvoiceTaxAmount: Decimal

    /// - Parameter body: The flat business event, as received.
    public init(_ body: [UInt8]) throws(BusinessEventError) {
        let fields = try BusinessEventReader.fields(of: body)
        let id = try fields.requiredText("BusinessEventId", SalesInvoicePosted.businessEventId)
        guard id == SalesInvoicePosted.businessEventId else {
            throw .unreadable(
                field: "BusinessEventId", found: "\"\(id)\"", expected: SalesInvoicePosted.businessEventId)
        }
        InvoiceAccount = try fields.requiredText("InvoiceAccount", "the customer account that is invoiced")
        InvoiceId = try fields.requiredText("InvoiceId", "the invoice number")
        SalesOrderId = try fields.text("SalesOrderId", "the sales order number")
        guard let company = try fields.text(firstOf: "LegalEntity", "BusinessEventLegalEntity") else {
            throw .missing(field: "LegalEntity", expected: "a company id")
        }
        LegalEntity = company.lowercased()
        InvoiceDate = try fields.moment("InvoiceDate").flatMap(ODataDate.init(utc:))
        InvoiceDueDate = try fields.moment("InvoiceDueDate").flatMap(ODataDate.init(utc:))
        InvoiceAmountInAccountingCurrency = try fields.requiredDecimal("InvoiceAmountInAccountingCurrency")
        InvoiceTaxAmount = try fields.requiredDecimal("InvoiceTaxAmount")
    }
}

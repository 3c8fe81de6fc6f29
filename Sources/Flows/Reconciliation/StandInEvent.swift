import Dynamics
import Foundation
import JSON

/// A flat business event in place of one that did not come: the few fields that the flows read. What it is about is
/// read from F&O by whoever carries it.
struct StandInEvent: Sendable {
    private var fields: JSONObject

    init(businessEventID: String, eventID: String, legalEntity: String) {
        fields = [
            "BusinessEventId": .string(businessEventID), "EventId": .string(eventID),
            "BusinessEventLegalEntity": .string(legalEntity), "LegalEntity": .string(legalEntity),
            "InitiatingUserAADObjectId": "{00000000-0000-0000-0000-000000000000}", "MajorVersion": 0,
            "MinorVersion": 0,
        ]
    }

    mutating func add(_ invoice: SalesInvoiceHeaderRow) {
        fields.append("InvoiceId", .string(invoice.InvoiceNumber))
        fields.append("InvoiceAccount", .string(invoice.InvoiceCustomerAccountNumber ?? "unknown"))
        if let number = invoice.SalesOrderNumber { fields.append("SalesOrderId", .string(number)) }
        fields.append("InvoiceAmountInAccountingCurrency", .number(invoice.TotalInvoiceAmount ?? 0))
        fields.append("InvoiceTaxAmount", .number(invoice.TotalTaxAmount ?? 0))
    }

    /// - Parameter notices: What the event's fields are called.
    mutating func add(_ field: SalesNotice.Field, _ value: String, _ notices: NoticeFields) {
        guard case .string(let event)? = fields["BusinessEventId"] else { return }
        fields.append(notices.name(of: field, in: event), .string(value))
    }

    var body: [UInt8] { JSONWriter.bytes(.object(fields)) }
}

import Foundation
import JSON

/// The bodies that F&O's HTTPS endpoint posts: one flat JSON object each, fields in alphabetical order.
enum BusinessEvent {
    /// - Parameter controlNumber: Rises with each event, with gaps.
    static func invoicePosted(_ invoice: PostedInvoice, controlNumber: Int, at date: Date) -> [UInt8] {
        let due = invoice.date.addingTimeInterval(30 * 86_400)
        return JSONWriter.bytes([
            "BusinessEventId": "SalesInvoicePostedBusinessEvent",
            "BusinessEventLegalEntity": .string(invoice.dataAreaId), "ContextRecordSubject": "",
            "ControlNumber": .int(controlNumber), "EventId": .string(UUID().uuidString.uppercased()),
            "EventTime": .string(TimeText(date).jsonDate),
            "EventTimeIso8601": .string(TimeText(date).iso8601),
            "InitiatingUserAADObjectId": "{00000000-0000-0000-0000-000000000000}",
            "InvoiceAccount": .string(invoice.invoiceAccount),
            "InvoiceAmountInAccountingCurrency": .float(invoice.amount),
            "InvoiceDate": .string(TimeText(invoice.date).jsonDay), "InvoiceDueDate": .string(TimeText(due).jsonDay),
            "InvoiceId": .string(invoice.number), "InvoiceTaxAmount": .number(invoice.tax),
            "LegalEntity": .string(invoice.dataAreaId), "MajorVersion": 0, "MinorVersion": 0,
            "ParentContextRecordSubjects": [], "SalesOrderId": .string(invoice.salesOrder),
        ])
    }

    /// An event that somebody has written for a company.
    static func own(
        _ id: String, _ dataAreaId: String, _ fields: JSONObject, controlNumber: Int, at date: Date
    ) -> [UInt8] {
        var event: JSONObject = [
            "BusinessEventId": .string(id), "BusinessEventLegalEntity": .string(dataAreaId),
            "ControlNumber": .int(controlNumber), "EventId": .string(UUID().uuidString.uppercased()),
            "EventTime": .string(TimeText(date).jsonDate), "EventTimeIso8601": .string(TimeText(date).iso8601),
            "LegalEntity": .string(dataAreaId), "MajorVersion": 0, "MinorVersion": 0,
        ]
        event.append(contentsOf: fields)
        return JSONWriter.bytes(.object(event))
    }

    /// Sent when an event is activated on an endpoint: the smallest possible control number, and no time.
    static func test(legalEntity: String) -> [UInt8] {
        JSONWriter.bytes([
            "BusinessEventId": "BusinessEventsTestEndpointContract",
            "BusinessEventLegalEntity": .string(legalEntity), "ControlNumber": .int(.min),
            "EventId": .string(UUID().uuidString.uppercased()),
        ])
    }
}

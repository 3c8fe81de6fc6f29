import Foundation
import JSON
import Relay

/// Reads both shapes in which Dynamics 365 sends events: the flat business event of F&O, and the
/// `RemoteExecutionContext` of Dataverse, in which data events arrive.
public enum BusinessEventReader {
    /// - Parameters:
    ///   - body: One JSON object in UTF-8, as received.
    ///   - wasCut: Dataverse says that the body passed 256 KB and that it took the row out of it
    ///     (`x-ms-dynamics-msg-size-exceeded`).
    public static func read(
        _ body: [UInt8], wasCut: Bool = false
    ) throws(BusinessEventError) -> IncomingBusinessEvent {
        let members = try members(of: body)
        let fields = EventFields(members)
        if fields.has("BusinessEventId") { return try businessEvent(fields) }
        let context = EventFields(members, ignoringCase: true)
        if context.has("MessageName") { return try DataEvent(context, wasCut: wasCut).summary }
        throw .unknownShape(found: "an object with neither")
    }

    /// The fields of a flat business event.
    static func fields(
        of body: [UInt8], ignoringCase: Bool = false
    ) throws(BusinessEventError) -> EventFields {
        EventFields(try members(of: body), ignoringCase: ignoringCase)
    }

    static func members(of body: [UInt8]) throws(BusinessEventError) -> JSONObject {
        let document: JSONValue
        do {
            document = try JSONValue.parse(body, ignoringByteOrderMark: true)
        } catch {
            throw .malformedJSON(error.description)
        }
        guard case .object(let members) = document else { throw .unknownShape(found: document.summary) }
        return members
    }

    private static func businessEvent(_ fields: EventFields) throws(BusinessEventError) -> IncomingBusinessEvent {
        let id = try fields.requiredText("BusinessEventId", "the name of the event's class")
        let company = try fields.text(firstOf: "BusinessEventLegalEntity", "LegalEntity")
        let legalEntity = company?.lowercased()
        let controlNumber = try fields.integer("ControlNumber")
        let occurrence = try occurrenceKey(fields, id: id, legalEntity: legalEntity, controlNumber: controlNumber)
        let document = documentKey(fields, id: id, legalEntity: legalEntity)
        return IncomingBusinessEvent(
            id: id, legalEntity: legalEntity, dedupKey: document ?? occurrence,
            subjectHint: try naturalKey(fields, id: id, legalEntity: legalEntity) ?? document
                ?? "\(id) \(occurrence)",
            isTest: isTest(id), controlNumber: controlNumber,
            occurredAt: try fields.moment(firstOf: "EventTimeIso8601", "EventTime"),
            searchKeys: searchKeys(fields, id: id, legalEntity: legalEntity))
    }

    /// Sent when an endpoint is saved or an event is activated on it; its id is `BusinessEventsTestEndpointContract`.
    private static func isTest(_ id: String) -> Bool {
        id.lowercased().contains("businesseventstestendpoint")
    }

    private static func occurrenceKey(
        _ fields: EventFields, id: String, legalEntity: String?, controlNumber: Int64?
    ) throws(BusinessEventError) -> String {
        if let eventID = try fields.text("EventId") { return UUID(uuidString: eventID)?.uuidString ?? eventID }
        guard let controlNumber else { throw .missing(field: "EventId", expected: "the event's GUID") }
        return "\(id):\(legalEntity ?? ""):\(controlNumber)"
    }

    /// Documents that are posted once, and the field that numbers them: the document is the occurrence, whatever way
    /// it is told and however often.
    private static let documents = [
        SalesInvoicePosted.businessEventId: "InvoiceId", "CustFreeTextInvoicePostedBusinessEvent": "InvoiceId",
    ]

    /// `SalesInvoicePosted usmf/CIV-000781`; `nil` for an event that tells of no such document.
    private static func documentKey(_ fields: EventFields, id: String, legalEntity: String?) -> String? {
        guard let name = documents[id], let legalEntity, let number = text(fields, name) else { return nil }
        return "\(id.replacing("BusinessEvent", with: "")) \(legalEntity)/\(number)"
    }

    /// The record that the event is about, by the fields that name records of F&O in standard contracts and in events
    /// of one's own alike.
    private static func naturalKey(
        _ fields: EventFields, id: String, legalEntity: String?
    ) throws(BusinessEventError) -> String? {
        guard let legalEntity else { return nil }
        if id == SalesInvoicePosted.businessEventId { _ = try fields.text("SalesOrderId") }
        for (field, record) in records {
            if let number = text(fields, field) { return "\(record) \(legalEntity)/\(number)" }
        }
        return nil
    }

    /// In the sequence in which they count: what tells of an order waits for its turn in that order's queue.
    private static let records = [
        ("SalesOrderId", "sales order"), ("SalesOrderNumber", "sales order"), ("SalesId", "sales order"),
        ("ReturnOrderNumber", "return order"),
        ("CustomerAccount", "customer"),
    ]

    /// Numbers are those of a legal entity: others may use the same ones. What only helps to find an event is no reason
    /// to refuse it.
    private static func searchKeys(_ fields: EventFields, id: String, legalEntity: String?) -> [SearchKey] {
        guard let legalEntity else { return [] }
        let named: [(SearchKey.Kind, String)] = [
            (.invoice, "InvoiceId"), (.order, "SalesOrderId"), (.order, "SalesOrderNumber"),
            (.customer, "InvoiceAccount"), (.customer, "CustomerAccount"),
        ]
        return named.compactMap { kind, field in
            text(fields, field).map { SearchKey(kind, $0, in: legalEntity) }
        }
    }

    private static func text(_ fields: EventFields, _ name: String) -> String? {
        guard case .string(let value) = fields.value(name), !value.isEmpty else { return nil }
        return value
    }
}

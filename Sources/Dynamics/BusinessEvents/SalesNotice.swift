import Foundation
public import JSON

/// A business event that tells of a sales order: that its status changed, that something of it was shipped.
///
/// A thin notice, whether F&O sent it or polling found it. Which event it is and what its fields are called is a matter
/// of configuration.
public struct SalesNotice: Sendable, Equatable {
    /// What flows ask such an event for.
    public enum Field: String, Sendable, CaseIterable {
        case LegalEntity, SalesOrderNumber, PackingSlipId
        /// Where an event carries the shipment itself: its lines, and their fields.
        case Lines, LineNumber, ItemNumber, Quantity
        case WarehouseId, CarrierId, TrackingNumber, TrackingTitle

        /// Names that are taken without configuration.
        var names: [String] {
            switch self {
            case .LegalEntity: ["LegalEntity", "BusinessEventLegalEntity"]
            case .SalesOrderNumber: ["SalesOrderNumber", "SalesOrderId", "SalesId"]
            default: [rawValue]
            }
        }
    }

    public var BusinessEventId: String
    /// In lower case.
    public var legalEntity: String
    public var salesOrderNumber: String?
    public var packingSlip: String?
    /// The event as it came.
    public var document: JSONObject
    /// Of this kind of event.
    public var fields: NoticeFields

    /// - Parameter body: The flat business event, as received.
    public init(_ body: [UInt8], fields: NoticeFields = NoticeFields()) throws(BusinessEventError) {
        let members = try BusinessEventReader.members(of: body)
        let event = EventFields(members)
        let id = try event.requiredText("BusinessEventId", "the name of the event's class")
        BusinessEventId = id
        self.fields = fields
        document = members
        func text(_ field: Field) throws(BusinessEventError) -> String? {
            for name in fields.names(of: field, in: id) {
                if let text = try event.text(name) { return text }
            }
            return nil
        }
        guard let company = try text(.LegalEntity) else {
            throw .missing(field: fields.names(of: .LegalEntity, in: id)[0], expected: "a company id")
        }
        legalEntity = company.lowercased()
        salesOrderNumber = try text(.SalesOrderNumber)
        packingSlip = try text(.PackingSlipId)
    }

    /// The key whose deliveries keep their order; `nil` for an event that names no sales order.
    public var subject: String? { salesOrderNumber.map { "sales order \(legalEntity)/\($0)" } }

    /// What stands in a field, in the event itself or in one of its lines.
    public func value(_ field: Field, in record: JSONObject? = nil) -> JSONValue? {
        let record = record ?? document
        for name in fields.names(of: field, in: BusinessEventId) {
            if let value = record[name], value != .null, value != .string("") { return value }
        }
        return nil
    }
}

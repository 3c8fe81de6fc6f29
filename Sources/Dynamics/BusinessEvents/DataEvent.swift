import Cryptography
import JSON
import Relay

/// A row that was created, updated or deleted, as Dataverse tells it (`RemoteExecutionContext`).
///
/// Names are looked up without regard to case: it differs between Dataverse's serializers.
struct DataEvent {
    let messageName: String
    let entityName: String
    /// `Target.Id`, which for F&O rows is synthetic but stable; `PrimaryEntityId` for genuine Dataverse rows whose
    /// `InputParameters` were left out because the body passed 256 KB.
    /// `nil` if a cut body names neither: then the event is all that is known.
    let recordID: String?
    /// The row is not in the body: read it by its id.
    let lacksRow: Bool
    let operationCreatedOn: String
    let correlationID: String
    let legalEntity: String?
    let occurredAt: Timestamp?

    /// - Parameter wasCut: See `BusinessEventReader.read`.
    init(_ context: EventFields, wasCut: Bool = false) throws(BusinessEventError) {
        messageName = try context.requiredText("MessageName", "the message, such as OnExternalUpdated")
        entityName = try context.requiredText("PrimaryEntityName", "the entity's logical name")
        // Without these two, a second change of a row would be taken for a repetition of the first one.
        operationCreatedOn = try context.requiredText("OperationCreatedOn", "/Date(milliseconds+zone)/")
        correlationID = try context.requiredText("CorrelationId", "a GUID")
        occurredAt = try context.moment("OperationCreatedOn")
        let target = try DataEvent.target(of: context)
        legalEntity = try target.flatMap { target throws(BusinessEventError) in try DataEvent.company(of: target) }
        lacksRow = target == nil
        do {
            recordID = try DataEvent.recordID(context, target).lowercased()
        } catch {
            guard wasCut, lacksRow else { throw error }
            recordID = nil
        }
    }

    var summary: IncomingBusinessEvent {
        IncomingBusinessEvent(
            id: "\(messageName):\(entityName)", legalEntity: legalEntity, dedupKey: dedupKey,
            subjectHint: "\(entityName) \(recordID ?? correlationID.lowercased())", isTest: false,
            controlNumber: nil, occurredAt: occurredAt, lacksRow: lacksRow)
    }

    private var dedupKey: String {
        let parts = [recordID ?? entityName, messageName, operationCreatedOn, correlationID.lowercased()]
        return Hex.encode(SHA256.hash([UInt8](parts.joined(separator: "\n").utf8)))
    }

    private static let zeroGUID = "00000000-0000-0000-0000-000000000000"

    private static func recordID(
        _ context: EventFields, _ target: EventFields?
    ) throws(BusinessEventError) -> String {
        if let id = try target?.text("Id", "a GUID"), id != zeroGUID { return id }
        if let id = try context.text("PrimaryEntityId", "a GUID"), id != zeroGUID { return id }
        throw .missing(field: "InputParameters.Target.Id", expected: "the row's GUID")
    }

    static func target(of context: EventFields) throws(BusinessEventError) -> EventFields? {
        guard let pairs = try context.list("InputParameters"), let target = pair("Target", in: pairs)
        else { return nil }
        let place = "InputParameters.Target"
        guard case .object(let members) = target else {
            throw .unreadable(field: place, found: target.summary, expected: "an entity")
        }
        return EventFields(members, at: place + ".", ignoringCase: true)
    }

    private static func company(of target: EventFields) throws(BusinessEventError) -> String? {
        guard let attributes = try target.list("Attributes"),
            let value = pair("mserp_dataareaid", in: attributes)
        else { return nil }
        switch value {
        case .null, .string(""): return nil
        case .string(let company): return company.lowercased()
        default:
            throw .unreadable(
                field: "InputParameters.Target.Attributes.mserp_dataareaid", found: value.summary,
                expected: "a company id")
        }
    }

    /// The value of a `{"key": …, "value": …}` pair.
    static func pair(_ key: String, in pairs: [JSONValue]) -> JSONValue? {
        for case .object(let members) in pairs {
            let fields = EventFields(members, ignoringCase: true)
            guard case .string(let found) = fields.value("key") else { continue }
            if found.lowercased() == key.lowercased() { return fields.value("value") ?? .null }
        }
        return nil
    }
}

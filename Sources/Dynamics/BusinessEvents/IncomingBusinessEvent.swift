public import Relay

/// What Causeway reads of an event from Dynamics 365 before it is stored: enough to recognise, order and route it.
public struct IncomingBusinessEvent: Sendable, Equatable {
    /// The routing key: the `BusinessEventId`, or for data events `OnExternalUpdated:mserp_custcustomerv3entity`.
    public var id: String
    /// The company (`dataAreaId`) in lower case; `nil` where the event names none.
    public var legalEntity: String?
    /// Equal for two arrivals of the same occurrence. For an event that tells of a document which is posted once, the
    /// document: `SalesInvoicePosted usmf/CIV-000781`; for others the `EventId`; for data events, which carry no id of
    /// their own, a hash over record, message, time and correlation.
    public var dedupKey: String
    /// The business key whose events keep their order: `sales order usmf/SO-004512`, a data event's record, or the
    /// event itself where nothing is known about its record.
    public var subjectHint: String
    /// Sent by D365 when an endpoint is saved or activated: to be answered, not routed.
    public var isTest: Bool
    /// Rises over time but has gaps, so it is no sequence number: nobody can tell from it that an event is missing. No
    /// event of D365 is numbered without gaps. `nil` for data events.
    public var controlNumber: Int64?
    public var occurredAt: Timestamp?
    /// What people look for it by, for the events whose contract we know.
    public var searchKeys: [SearchKey]
    /// A data event without its row, which a flow has to read by the id in its subject: Dataverse takes the row out of
    /// bodies of more than 256 KB.
    public var lacksRow: Bool

    public init(
        id: String, legalEntity: String?, dedupKey: String, subjectHint: String, isTest: Bool = false,
        controlNumber: Int64? = nil, occurredAt: Timestamp? = nil, searchKeys: [SearchKey] = [],
        lacksRow: Bool = false
    ) {
        self.id = id
        self.legalEntity = legalEntity
        self.dedupKey = dedupKey
        self.subjectHint = subjectHint
        self.isTest = isTest
        self.controlNumber = controlNumber
        self.occurredAt = occurredAt
        self.searchKeys = searchKeys
        self.lacksRow = lacksRow
    }
}

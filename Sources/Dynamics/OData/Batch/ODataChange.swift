import HTTPTypes

/// One write: made by itself, or as a part of a change set.
public struct ODataChange: Sendable {
    let method: HTTPRequest.Method
    let call: ODataCall
    /// What follows `/data/`, percent-encoded, without a query.
    let resource: String
    let ifMatch: String?
    /// JSON.
    let body: [UInt8]?

    /// - Throws: `ODataFault.unencodable` if the record cannot be written as JSON.
    public static func create(
        _ entitySet: String, _ record: some Encodable & Sendable
    ) throws(ODataFault) -> ODataChange {
        let call = ODataCall(method: "POST", entitySet: entitySet)
        return ODataChange(
            method: .post, call: call, resource: entitySet, ifMatch: nil, body: try encode(record, call))
    }

    /// - Parameter changes: Only what is to change.
    /// - Throws: `ODataFault.unencodable` if the changes cannot be written as JSON.
    public static func update(
        _ entitySet: String, key: ODataKey, _ changes: some Encodable & Sendable, if precondition: ODataPrecondition
    ) throws(ODataFault) -> ODataChange {
        let call = ODataCall(method: "PATCH", entitySet: entitySet, key: key.description)
        return ODataChange(
            method: .patch, call: call, resource: entitySet + key.encoded, ifMatch: precondition.ifMatch,
            body: try encode(changes, call))
    }

    public static func delete(_ entitySet: String, key: ODataKey, if precondition: ODataPrecondition) -> ODataChange {
        ODataChange(
            method: .delete, call: ODataCall(method: "DELETE", entitySet: entitySet, key: key.description),
            resource: entitySet + key.encoded, ifMatch: precondition.ifMatch, body: nil)
    }

    private static func encode(
        _ record: some Encodable & Sendable, _ call: ODataCall
    ) throws(ODataFault) -> [UInt8] {
        do {
            return try ODataJSON.encode(record)
        } catch {
            throw .unencodable(call, detail: "\(error)")
        }
    }
}

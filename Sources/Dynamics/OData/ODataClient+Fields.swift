import HTTPClient
import HTTPTypes
import JSON
import Relay

extension ODataClient {
    /// These properties of all rows that the filter finds, from all pages.
    func fieldRows(
        _ entitySet: String, where filter: ODataFilter, _ properties: [String]
    ) async throws -> [ODataFields] {
        let call = ODataCall(method: "GET", entitySet: entitySet)
        let query = [("$select", properties.joined(separator: ",")), ("$filter", filter.description)]
        var rows: [ODataFields] = []
        var next: String? = url(entitySet, query: query)
        var pages = 0
        while let url = next {
            guard pages < limits.maxPages else { throw ODataFault.tooManyPages(call, limit: limits.maxPages) }
            pages += 1
            let page = try await get(call, url).object()
            rows += (page["value"]?.arrayValue ?? []).compactMap(\.objectValue).map(ODataFields.init)
            next = page["@odata.nextLink"]?.stringValue
            if let next, !root.isOrigin(of: next) { throw ODataFault.foreignNextLink(call) }
        }
        return rows
    }

    /// These properties of the row with this key; `nil` if there is none.
    func fields(_ entitySet: String, key: ODataKey, _ properties: [String]) async throws -> ODataFields? {
        let call = ODataCall(method: "GET", entitySet: entitySet, key: key.description)
        let query = [("$select", properties.joined(separator: ","))]
        let answer = try await get(call, url(entitySet + key.encoded, query: query))
        if answer.response.status == 404 { return nil }
        return ODataFields(try answer.object())
    }

    /// Makes a row say what is wanted: reads it and sends what differs; once more if somebody changed it in between.
    /// - Returns: The names of what was changed; `nil` if there is no such row.
    /// - Throws: `ODataFault.stale` if the row changed under every try (`ODataLimits.maxRevisions`).
    func settle(_ entitySet: String, key: ODataKey, _ wanted: JSONObject) async throws -> [String]? {
        guard !wanted.isEmpty else { return [] }
        var attempt = 1
        while true {
            guard let found = try await fields(entitySet, key: key, wanted.keys) else { return nil }
            let changes = found.changes(to: wanted)
            guard !changes.isEmpty else { return [] }
            do {
                try await change(entitySet, key: key, changes, if: found.unchanged)
                return changes.keys
            } catch ODataFault.stale where attempt < limits.maxRevisions {
                attempt += 1
            }
        }
    }

    /// Changes the properties that are sent and leaves all others.
    private func change(
        _ entitySet: String, key: ODataKey, _ changes: JSONObject, if precondition: ODataPrecondition
    ) async throws {
        let call = ODataCall(method: "PATCH", entitySet: entitySet, key: key.description)
        let answer = try await send(
            ODataChange(
                method: .patch, call: call, resource: entitySet + key.encoded, ifMatch: precondition.ifMatch,
                body: try ODataJSON.encode(changes, call)))
        // 204 by the standard; some versions answer 200 with the row.
        guard answer.isGood else { throw answer.fault }
    }
}

extension ODataAnswer {
    /// The object that a good answer is.
    fileprivate func object() throws(ODataFault) -> JSONObject {
        guard isGood else { throw fault }
        guard let object = (try? JSONValue.parse(response.body))?.objectValue else {
            throw .malformedAnswer(
                call, detail: "\(response.body.count) bytes of \(response.headers[.contentType] ?? "unknown type")")
        }
        return object
    }
}

extension ODataJSON {
    /// With what a person changed of it.
    fileprivate static func encode(_ record: JSONObject, _ call: ODataCall) throws(ODataFault) -> [UInt8] {
        let json = JSONWriter.bytes(.object(record))
        guard let patch = RecordPatch.current else { return json }
        do {
            return try MergePatch.apply(patch, to: json)
        } catch {
            throw .unencodable(call, detail: "\(error)")
        }
    }
}

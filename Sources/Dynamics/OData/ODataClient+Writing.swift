import HTTPClient
import HTTPTypes

extension ODataClient {
    /// Creates a row.
    /// - Returns: The row as F&O completed it.
    public func create<Row: ODataRow>(
        _ entitySet: String, _ record: some Encodable & Sendable, as type: Row.Type = Row.self
    ) async throws -> Row {
        let change = try ODataChange.create(entitySet, record)
        return try await send(change).decode(Row.self)
    }

    /// Changes the properties that are sent and leaves all others.
    /// - Throws: `ODataFault.stale` if the precondition does not hold: read the row again, and decide anew.
    public func update(
        _ entitySet: String, key: ODataKey, _ changes: some Encodable & Sendable,
        if precondition: ODataPrecondition
    ) async throws {
        let change = try ODataChange.update(entitySet, key: key, changes, if: precondition)
        let answer = try await send(change)
        // 204 by the standard; some versions answer 200 with the row.
        guard answer.isGood else { throw answer.fault }
    }

    /// Reads a row and changes what `decide` says; reads and asks once more if somebody changed the row in between.
    /// - Parameter decide: Returns what to send, or `nil` if the row is right as it is.
    /// - Returns: The row that the decision was made on; `nil` if there is none.
    /// - Throws: `ODataFault.stale` if the row changed under every try (`ODataLimits.maxRevisions`).
    @discardableResult
    public func revise<Row: ODataRow, Changes: Encodable & Sendable>(
        _ entitySet: String, key: ODataKey, as type: Row.Type = Row.self,
        _ decide: (Row) throws -> Changes?
    ) async throws -> Row? {
        var attempt = 1
        while true {
            guard let found = try await taggedRow(entitySet, key: key, as: Row.self) else { return nil }
            guard let changes = try decide(found.row) else { return found.row }
            do {
                try await update(entitySet, key: key, changes, if: found.unchanged)
                return found.row
            } catch ODataFault.stale where attempt < limits.maxRevisions {
                attempt += 1
            }
        }
    }

    /// - Returns: Whether there was such a row. An earlier delete whose answer was lost leaves none.
    /// - Throws: `ODataFault.stale` if the precondition does not hold.
    @discardableResult
    public func delete(_ entitySet: String, key: ODataKey, if precondition: ODataPrecondition) async throws -> Bool {
        let answer = try await send(.delete(entitySet, key: key, if: precondition))
        if answer.response.status == 404 { return false }
        guard answer.isGood else { throw answer.fault }
        return true
    }

    func send(_ change: ODataChange) async throws -> ODataAnswer {
        var headers: HTTPFields = [:]
        if change.body != nil { headers[.contentType] = "application/json" }
        if let ifMatch = change.ifMatch { headers[.ifMatch] = ifMatch }
        let request = OutboundRequest(
            method: change.method, url: url(change.resource, query: []), headers: headers, body: change.body,
            timeout: limits.writeTimeout, maxResponseBytes: limits.maxAnswerBytes)
        return try await send(change.call, request)
    }
}

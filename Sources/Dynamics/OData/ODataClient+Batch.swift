import Foundation
import HTTPClient
import HTTPTypes
import Relay

extension ODataClient {
    /// Writes all of it or nothing, in one transaction (fin-ops-core/dev-itpro/data-entities/odata, "Batch support").
    /// - Returns: The answers, in the order of the changes.
    /// - Throws: The fault of the operation that was refused, after which nothing has happened;
    ///   `ODataFault.outcomeUnclear` if the answer was lost or lacks a part: look for the effect before trying again.
    public func changeSet(_ changes: [ODataChange]) async throws -> [ODataBatchAnswer] {
        guard !changes.isEmpty else { return [] }
        let outcomes = try await batch([.changeSet(changes)])
        return try outcomes.first?.get() ?? []
    }

    /// Sends several reads and change sets in one call. Each change set is a transaction of its own; what comes after one
    /// that fails is done nevertheless.
    /// - Returns: What became of each part: the answers to its operations, or why there are none.
    /// - Throws: What keeps the whole batch from being done. `ODataFault.outcomeUnclear` if no whole answer came.
    public func batch(_ parts: [ODataBatchPart]) async throws -> [Result<[ODataBatchAnswer], ODataFault>] {
        let call = ODataCall(method: "POST", entitySet: "$batch")
        let operations = parts.reduce(0) { $0 + $1.operationCount }
        guard operations <= limits.maxBatchOperations else {
            throw ODataFault.batchTooLarge(call, "\(operations) operations", limit: "\(limits.maxBatchOperations)")
        }
        // Which of the records a person meant to correct cannot be known.
        guard RecordPatch.current == nil || operations == 1 else {
            throw ODataFault.unencodable(call, detail: "a correction can be made to a single record only")
        }
        let body = ODataBatchBody(parts: parts, mark: UUID().uuidString.lowercased())
        let bytes = body.bytes
        guard bytes.count <= limits.maxBatchBytes else {
            throw ODataFault.batchTooLarge(call, "\(bytes.count) bytes", limit: "\(limits.maxBatchBytes)")
        }
        var headers: HTTPFields = [
            .contentType: "multipart/mixed; boundary=\(body.boundary)", .accept: "multipart/mixed",
        ]
        if let prefer = HTTPField.Name("Prefer") { headers[prefer] = "odata.continue-on-error" }
        let request = OutboundRequest(
            method: .post, url: "\(root.url)/data/$batch", headers: headers, body: bytes,
            timeout: limits.writeTimeout, maxResponseBytes: limits.maxAnswerBytes)
        let recorded = RecordedBodies(sent: BatchRecord.sent(parts), received: BatchRecord.received)
        let answer = try await send(call, request, recorded: recorded)
        guard answer.isGood else { throw answer.fault }
        return ODataBatchReader(parts: parts, response: answer.response, now: answer.now).outcomes()
    }
}

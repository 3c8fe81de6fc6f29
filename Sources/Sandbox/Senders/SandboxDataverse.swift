public import Foundation
public import HTTPClient
public import HTTPTypes
import JSON

/// A webhook of Dataverse (service endpoint, contract 8).
public struct SandboxDataverse: Sendable {
    /// Bodies that are longer lose the row.
    public static let longestBody = 256 << 10

    private let transport: any HTTPTransport
    private let now: @Sendable () -> Date

    init(transport: any HTTPTransport, now: @escaping @Sendable () -> Date) {
        self.transport = transport
        self.now = now
    }

    /// Tells of a row that was updated.
    /// - Parameters:
    ///   - headers: Of the registration, for `HttpHeader`; those of `WebhookKey` and `HttpQueryString` are in the URL.
    ///   - note: A column whose text may make the body too long.
    public func tell(
        of entity: String, id: UUID, note: String = "", to url: String, headers: HTTPFields = [:]
    ) async throws -> OutboundResponse {
        let whole = context(entity, id, note)
        var headers = headers
        headers[.contentType] = "application/json"
        headers.set("x-ms-dynamics-organization", to: "contoso.crm4.dynamics.com")
        headers.set("x-ms-dynamics-entity-name", to: entity)
        headers.set("x-ms-dynamics-request-name", to: "Update")
        var body = JSONWriter.bytes(.object(whole))
        if body.count > Self.longestBody {
            headers.set("x-ms-dynamics-msg-size-exceeded", to: "true")
            var rest = whole
            for name in ["InputParameters", "ParentContext", "PreEntityImages", "PostEntityImages"] {
                rest[name] = nil
            }
            body = JSONWriter.bytes(.object(rest))
        }
        return try await transport.send(OutboundRequest(method: .post, url: url, headers: headers, body: body))
    }

    private func context(_ entity: String, _ id: UUID, _ note: String) -> JSONObject {
        let milliseconds = Int(now().timeIntervalSince1970 * 1000)
        let row: JSONObject = [
            "__type": "Entity:http://schemas.microsoft.com/xrm/2011/Contracts", "LogicalName": .string(entity),
            "Id": .string(id.uuidString.lowercased()),
            "Attributes": [["key": "description", "value": .string(note)]],
        ]
        return [
            "MessageName": "Update", "PrimaryEntityName": .string(entity),
            "PrimaryEntityId": .string(id.uuidString.lowercased()), "Depth": 1, "Stage": 40, "Mode": 1,
            "CorrelationId": .string(UUID().uuidString.lowercased()),
            "OperationCreatedOn": .string("/Date(\(milliseconds)+0000)/"),
            "InputParameters": [["key": "Target", "value": .object(row)]], "PreEntityImages": [],
            "PostEntityImages": [], "ParentContext": .null,
        ]
    }
}

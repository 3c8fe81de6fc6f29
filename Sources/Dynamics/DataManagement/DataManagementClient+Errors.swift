import JSON
import Relay

/// What F&O says about a row that it did not take.
public struct ExecutionError: Sendable, Equatable {
    public var record: String
    public var field: String
    public var message: String

    fileprivate init(_ row: JSONObject) {
        record = row.value(ignoringCase: "RecordId")?.stringValue ?? ""
        field = row.value(ignoringCase: "Field")?.stringValue ?? ""
        message = row.value(ignoringCase: "ErrorMessage")?.stringValue ?? ""
    }
}

extension DataManagementClient {
    /// What was wrong with single rows; empty is a legitimate answer, also for an execution that failed.
    public func errors(of executionID: String) async throws -> [ExecutionError] {
        let action = "GetExecutionErrors"
        guard let inner = try await call(action, ["executionId": .string(executionID)]).inner() else { return [] }
        guard let rows = inner.arrayValue else {
            throw DataManagementFault.unexpectedAnswer(action: action, detail: "the string is no JSON list")
        }
        return rows.compactMap(\.objectValue).map(ExecutionError.init)
    }

    /// The rows that did not get from the file into staging, as the file's own format.
    /// - Returns: `nil` if there are none.
    public func stagingErrors(of executionID: String, entity: String) async throws -> [UInt8]? {
        let link = try await call("GetImportStagingErrorFileUrl", Self.parameters(executionID, entity)).text()
        return link.isEmpty ? nil : try await file(at: link)
    }

    /// Has the keys collected of the rows that did not get from staging into the entity.
    /// - Returns: Whether there are any; `targetErrorKeys` brings them a while later.
    public func collectTargetErrorKeys(of executionID: String, entity: String) async throws -> Bool {
        try await call("GenerateImportTargetErrorKeysFile", Self.parameters(executionID, entity)).flag()
    }

    /// - Returns: `nil` while the file is being made.
    public func targetErrorKeys(of executionID: String, entity: String) async throws -> [UInt8]? {
        let link = try await call("GetImportTargetErrorKeysFileUrl", Self.parameters(executionID, entity)).text()
        return link.isEmpty ? nil : try await file(at: link)
    }

    private static func parameters(_ executionID: String, _ entity: String) -> JSONObject {
        JSONObject([
            .init(key: "executionId", value: .string(executionID)), .init(key: "entityName", value: .string(entity)),
        ])
    }
}

import Archive
import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// The actions of `DataManagementDefinitionGroups`.
struct DataManagementAPI: Responder {
    static let prefix = "/data/DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities."

    let management: SandboxDataManagement

    func respond(to request: Request) async -> Response {
        let core = management.core
        let action = String(request.path.dropFirst(Self.prefix.count))
        core.counters.count("\(request.method.rawValue) \(action)")
        do throws(ODataRefusal) {
            guard core.isSignedIn(request) else {
                throw .unauthorized
            }
            guard request.method == .post else { throw .notFound("Actions are posted.") }
            guard let body = try? JSONValue.parse(request.body), let parameters = body.objectValue else {
                throw .malformed("The body is no JSON object.")
            }
            return try answer(action, ActionParameters(parameters))
        } catch {
            return error.response
        }
    }

    private func answer(_ action: String, _ parameters: ActionParameters) throws(ODataRefusal) -> Response {
        switch action {
        case "GetAzureWriteUrl": return try value(.string(try writeURL(parameters)))
        case "ImportFromPackage": return try begin(try importing(parameters))
        case "ExportToPackage": return try begin(try exporting(parameters))
        case "GetExecutionSummaryStatus": return try value(.string(try status(parameters)))
        case "GetExportedPackageUrl": return try value(.string(try exportURL(parameters)))
        case "GetExecutionErrors": return try value(.string(try errors(parameters)))
        case "GetImportStagingErrorFileUrl": return try value("")
        case "GenerateImportTargetErrorKeysFile": return try value(.bool(try hasErrors(parameters)))
        case "GetImportTargetErrorKeysFileUrl": return try value(.string(try errorKeysURL(parameters)))
        case "GetMessageStatus": return try value("Processed")
        case "GetExecutionIdByMessageId": return try value("00000000-0000-0000-0000-000000000000")
        case "ResetVersionToken": return try value(true)
        default: throw .notFound("There is no action \(action).")
        }
    }

    private func value(_ value: JSONValue) throws(ODataRefusal) -> Response {
        let wraps = try management.with { state in state.faults.wrapsTwice }
        return ODataAnswer.json(["@odata.context": "sandbox", "value": wraps ? ["value": value] : value])
    }

    /// JSON in a string in JSON.
    private func writeURL(_ parameters: ActionParameters) throws(ODataRefusal) -> String {
        let name = try parameters.text("uniqueFileName")
        let link = try management.with { state in management.link(to: name, &state) }
        let inner: JSONValue = ["BlobId": .string("{\(UUID().uuidString)}"), "BlobUrl": .string(link)]
        return String(decoding: JSONWriter.bytes(inner), as: UTF8.self)
    }

    private func importing(
        _ parameters: ActionParameters
    ) throws(ODataRefusal) -> SandboxDataManagement.Execution {
        let link = try parameters.text("packageUrl")
        let blob = link.split(separator: "?")[0].split(separator: "/").last.map(String.init) ?? ""
        guard let package = try management.with({ state in state.blobs.blobs[blob] }),
            let entries = try? ZipArchive.read(package)
        else { throw .malformed("The package at packageUrl is no zip archive.") }
        let names = entries.map(\.name).sorted()
        guard names.contains("Manifest.xml"), names.contains("PackageHeader.xml"), names.count > 2 else {
            throw .malformed("The package lacks Manifest.xml, PackageHeader.xml or a data file.")
        }
        return try SandboxDataManagement.Execution(
            id: parameters.text("executionId"), project: parameters.text("definitionGroupId"),
            legalEntity: parameters.text("legalEntityId"), isImport: true, files: names, ending: "",
            overwrites: parameters.flag("overwrite"))
    }

    private func exporting(
        _ parameters: ActionParameters
    ) throws(ODataRefusal) -> SandboxDataManagement.Execution {
        _ = try parameters.text("packageName")
        let project = try parameters.text("definitionGroupId")
        guard try management.with({ state in state.exports[project] }) != nil else {
            throw .malformed("There is no export project \(project).")
        }
        return try SandboxDataManagement.Execution(
            id: parameters.text("executionId"), project: project, legalEntity: parameters.text("legalEntityId"),
            isImport: false, files: [], ending: "", overwrites: false)
    }

    private func begin(_ execution: SandboxDataManagement.Execution) throws(ODataRefusal) -> Response {
        let (isCut, id) = try management.with { state throws(ODataRefusal) -> (Bool, String) in
            state.begins[execution.id, default: 0] += 1
            if state.faults.nextBeginsLost > 0 {
                state.faults.nextBeginsLost -= 1
                return (true, "")
            }
            guard state.executions[execution.id] == nil else {
                throw .malformed("The execution id \(execution.id) is in use.")
            }
            var execution = execution
            execution.ending = state.faults.nextEndings.isEmpty ? "Succeeded" : state.faults.nextEndings.removeFirst()
            let answered = state.faults.answersWithID
            if let answered, !answered.hasPrefix("0000") { execution.id = answered }
            state.executions[execution.id] = execution
            guard state.faults.nextAnswersLost > 0 else { return (false, answered ?? execution.id) }
            state.faults.nextAnswersLost -= 1
            return (true, "")
        }
        return isCut ? .cutOff : try value(.string(id))
    }

    private func status(_ parameters: ActionParameters) throws(ODataRefusal) -> String {
        let id = try parameters.text("executionId")
        return try management.with { state in
            guard var execution = state.executions[id] else { return "Unknown" }
            execution.looks += 1
            state.executions[id] = execution
            if execution.looks > state.faults.looksBeforeEnd { return execution.ending }
            return execution.looks == 1 ? "NotRun" : "Executing"
        }
    }

    private func exportURL(_ parameters: ActionParameters) throws(ODataRefusal) -> String {
        let id = try parameters.text("executionId")
        return try management.with { state in
            guard let execution = state.executions[id], let package = state.exports[execution.project] else {
                return ""
            }
            state.blobs.put(package, as: "\(id).zip")
            return management.link(to: "\(id).zip", &state)
        }
    }

    private func errors(_ parameters: ActionParameters) throws(ODataRefusal) -> String {
        try hasErrors(parameters) ? try management.with { state in state.rowErrors[0] } : ""
    }

    private func hasErrors(_ parameters: ActionParameters) throws(ODataRefusal) -> Bool {
        let id = try parameters.text("executionId")
        return try management.with { state in
            let ending = state.executions[id]?.ending
            return !state.faults.hidesErrors && (ending == "Failed" || ending == "PartiallySucceeded")
        }
    }

    private func errorKeysURL(_ parameters: ActionParameters) throws(ODataRefusal) -> String {
        let id = try parameters.text("executionId")
        _ = try parameters.text("entityName")
        return try management.with { state in
            guard state.faults.errorKeyDelays <= 0 else {
                state.faults.errorKeyDelays -= 1
                return ""
            }
            state.blobs.put(Array("CUSTOMERACCOUNT\r\nC-1\r\n".utf8), as: "\(id)-keys.csv")
            return management.link(to: "\(id)-keys.csv", &state)
        }
    }
}

/// The parameters of an action, each of which must be there.
struct ActionParameters {
    private let object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    func text(_ name: String) throws(ODataRefusal) -> String {
        guard let text = object[name]?.stringValue, !text.isEmpty else {
            throw .malformed("The parameter '\(name)' is missing or no string.")
        }
        return text
    }

    func flag(_ name: String) throws(ODataRefusal) -> Bool {
        guard let flag = object[name]?.boolValue else {
            throw .malformed("The parameter '\(name)' is missing or neither true nor false.")
        }
        return flag
    }
}

import Flows
import HTTPServer
import HTTPTypes
import JSON
import Mapping
import Relay

struct MappingsJSON: Encodable {
    var mappings: [MappingRowJSON]
    /// Whether `mapping.folder` is set.
    var isChangeable: Bool
}

struct MappingRowJSON: Encodable {
    var mapping: String
    var from: String
    var to: String
    /// Rules in force.
    var fields: Int
    /// Those of them that are the company's own.
    var own: Int
    /// Shipped ones that the company takes away.
    var removed: Int
    /// The company's own document.
    var file: String?

    init(_ document: MappingDocument, file: String?) {
        mapping = document.name
        from = document.from
        to = document.to
        fields = document.fields.count
        own = document.fields.count(where: \.isOwn)
        removed = document.removed.count
        self.file = file
    }
}

struct MappingJSON: Encodable {
    var mapping: String
    var from: String
    var to: String
    /// The company's own document, and its text as it was written.
    var file: String?
    var ownYAML: String?
    /// What is in force.
    var yaml: String
    var rows: [FieldTable.Row]
}

struct ChangedMappingsJSON: Encodable {
    var changed: [String]
    var isDryRun = false
}

/// What a trial made of one record.
enum TriedJSON {
    static func sample(_ sample: MappingSample, inForce: MappingOutcome?, draft: MappingOutcome?) -> JSONValue {
        var object: JSONObject = ["title": .string(sample.title), "legalEntity": .string(sample.scope)]
        object["inForce"] = inForce.map(outcome)
        object["draft"] = draft.map(outcome)
        return .object(object)
    }

    private static func outcome(_ outcome: MappingOutcome) -> JSONValue {
        [
            "fields": .array(outcome.fields.map(field)), "record": outcome.record.json,
            "faults": .array(outcome.faults.map { .string($0.description) }),
        ]
    }

    private static func field(_ field: MappingOutcome.Field) -> JSONValue {
        var object: JSONObject = ["field": .string(field.name)]
        object["value"] = field.value
        object["origin"] = .string(field.origin)
        object["place"] = .string(field.place)
        if !field.faults.isEmpty { object["faults"] = .array(field.faults.map { .string($0.description) }) }
        return .object(object)
    }
}

/// Refused documents as `application/problem+json`, with each mistake as a member of `problems`.
enum MappingProblemsJSON {
    static func response(_ refused: MappingRefused) -> Response {
        let problem = Problem.mappingRefused(refused)
        var response = Response(problem)
        guard case .object(var object)? = try? JSONValue.parse(response.body) else { return response }
        object["problems"] = .array(
            refused.problems.prefix(most).map { problem in
                [
                    "file": .string(problem.file), "line": .int(problem.line), "column": .int(problem.column),
                    "key": .string(problem.key), "found": .string(problem.found),
                    "expected": .string(problem.expected),
                ]
            })
        response.body = JSONWriter.bytes(.object(object))
        return response
    }

    /// Mistakes that one answer lists.
    private static let most = 500
}

extension OperatorOrder {
    /// A draft of the document.
    fileprivate static var draftMember: String { "document" }

    mutating func yaml() throws(Problem) -> String? {
        let node = member(Self.draftMember)
        guard let value = node.value else { return nil }
        guard let yaml = value.stringValue else { throw Self.refused(node, "a YAML document as text") }
        return yaml
    }

    /// One of `event`, `record` and `records` (with `legalEntity`).
    mutating func wish() throws(Problem) -> MappingTrial.Wish {
        let (event, record, records) = (member("event"), member("record"), member("records"))
        let scope = try text("legalEntity")
        switch (event.value, record.value, records.value) {
        case (let value?, nil, nil):
            guard let id = value.intValue, id > 0 else { throw Self.refused(event, "an event's id") }
            return .event(EventID(Int64(id)))
        case (nil, let value?, nil): return .record(value)
        case (nil, nil, let value?):
            guard let object = value.objectValue, !object.isEmpty else {
                throw Self.refused(records, "an object: the first word of paths, and the record")
            }
            let members = object.fields.map { ($0.key, $0.value) }
            return .records(Dictionary(members, uniquingKeysWith: { $1 }), scope: scope?.lowercased() ?? "")
        default: throw .unusableBody("event, record, records: expected one of them.")
        }
    }
}

extension Problem {
    static func unknownMapping(_ name: String, known: [String]) -> Problem {
        Problem(
            "unknown-mapping", status: .notFound, title: "No such mapping document",
            detail: "There is no mapping document \(name.prefix(60)). Those in force: "
                + known.joined(separator: ", ") + ".")
    }

    static func mappingRefused(_ refused: MappingRefused) -> Problem {
        let named = refused.problems.prefix(5).map { "\($0)." }
        let more = refused.problems.count > named.count ? " And more; problems has them all." : ""
        return Problem(
            "mapping-refused", status: .unprocessableContent, title: "The mapping document is refused",
            detail: "Nothing was changed. " + named.joined(separator: " ") + more)
    }

    static func mapping(_ fault: MappingDeskFault) -> Problem {
        switch fault {
        case .noFolder:
            Problem(
                "mapping-folder-missing", status: .conflict, title: "There is no folder for mapping documents",
                detail: "Set mapping.folder in causeway.yaml, restart, and upload the document again.")
        case .notOwn(let name):
            Problem(
                "mapping-not-own", status: .conflict, title: "The document is not the company's own",
                detail: "\(name.prefix(60)) is as it is shipped, so there is nothing to take away.")
        }
    }

    static func mappingNotKept(_ detail: String) -> Problem {
        Problem(
            "mapping-not-kept", status: .internalServerError, title: "The document could not be written",
            detail: "\(detail). What was in force stays in force. Look at mapping.folder and its rights.")
    }
}

import Foundation
import JSON

/// What the gateway made of a record, for a person.
struct MappingTrialView {
    private struct Field {
        var name: String
        var value: JSONValue?
        var origin: String
        var place: String
        var faults: [String]

        init(_ value: JSONValue) {
            let object = value.objectValue
            name = object?["field"]?.stringValue ?? ""
            self.value = object?["value"]
            origin = object?["origin"]?.stringValue ?? ""
            place = object?["place"]?.stringValue ?? ""
            faults = object?["faults"]?.arrayValue?.compactMap(\.stringValue) ?? []
        }

        /// What would be sent: `–` for nothing.
        var shown: String {
            if !faults.isEmpty { return "does not fit" }
            return value.map { $0.stringValue ?? String(decoding: JSONWriter.bytes($0), as: UTF8.self) } ?? "–"
        }
    }

    private let samples: [JSONObject]

    /// - Returns: `nil` if this is no answer of a trial.
    init?(_ answer: JSONValue) {
        guard let samples = answer.objectValue?["samples"]?.arrayValue?.compactMap(\.objectValue) else { return nil }
        self.samples = samples
    }

    /// Whether all that was asked for can be sent: of a draft and of what is in force, the draft counts.
    var fits: Bool {
        samples.allSatisfy { sample in
            (sample["draft"] ?? sample["inForce"])?.objectValue?["faults"]?.arrayValue?.isEmpty == true
        }
    }

    var text: String { samples.map(Self.text).joined(separator: "\n\n") }

    private static func text(_ sample: JSONObject) -> String {
        let current = fields(sample["inForce"])
        let draft = fields(sample["draft"])
        let scope = sample["legalEntity"]?.stringValue ?? ""
        let title = (sample["title"]?.stringValue ?? "") + (scope.isEmpty ? "" : " (\(scope))")
        let table =
            sample["draft"] == nil ? one(current) : sample["inForce"] == nil ? one(draft) : two(current, draft)
        let faults = (sample["draft"] == nil ? current : draft).flatMap(\.faults).map { "! \($0)" }
        return ([TextTable.printable(title), table] + faults.map(TextTable.printable)).joined(separator: "\n")
    }

    private static func fields(_ outcome: JSONValue?) -> [Field] {
        outcome?.objectValue?["fields"]?.arrayValue?.map(Field.init) ?? []
    }

    private static func one(_ fields: [Field]) -> String {
        var table = TextTable(["FIELD", "VALUE", "FROM", "RULE AT"])
        for field in fields { table.add([field.name, field.shown, field.origin, field.place]) }
        return table.text
    }

    private static func two(_ current: [Field], _ draft: [Field]) -> String {
        var table = TextTable(["", "FIELD", "IN FORCE", "DRAFT", "FROM", "RULE AT"])
        let before = Dictionary(current.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for field in draft {
            let old = before[field.name]?.shown ?? "–"
            table.add([old == field.shown ? "" : "*", field.name, old, field.shown, field.origin, field.place])
        }
        let names = Set(draft.map(\.name))
        for field in current where !names.contains(field.name) {
            table.add(["*", field.name, field.shown, "–", "taken away", field.place])
        }
        return table.text
    }
}

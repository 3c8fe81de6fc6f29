public import JSON

/// The mapping documents that are in force together, checked, with what they need.
public struct MappingSet: Sendable {
    /// Repeated parts within repeated parts, at most.
    static let deepest = 5

    /// By name.
    public let documents: [String: MappingDocument]
    let targets: [String: TargetRecord]
    let functions: [String: MappingFunction]

    public init(documents: [MappingDocument], targets: [TargetRecord], functions: [MappingFunction]) {
        self.documents = Dictionary(documents.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        self.targets = Dictionary(targets.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        self.functions = Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// - Parameters:
    ///   - name: The document's: `order-header`.
    ///   - records: The first word of paths → the record: `order`, `line`.
    ///   - scope: The legal entity whose rows of value tables are taken first; empty for none.
    /// - Throws: Of several faults the first one that a row in a value table mends, otherwise the first one.
    public func map(
        _ name: String, _ records: [String: JSONValue], scope: String, values: any ValueLookup
    ) throws(MappingFault) -> MappedRecord {
        let outcome = outcome(name, records, scope: scope, values: values)
        if let fault = outcome.decidingFault { throw fault }
        return outcome.record
    }

    /// As `map`, with all faults of the record at once.
    public func outcome(
        _ name: String, _ records: [String: JSONValue], scope: String, values: any ValueLookup
    ) -> MappingOutcome {
        outcome(name, records, scope: scope, values: values, depth: 0)
    }

    private func outcome(
        _ name: String, _ records: [String: JSONValue], scope: String, values: any ValueLookup, depth: Int
    ) -> MappingOutcome {
        guard let document = documents[name], depth < Self.deepest else {
            return MappingOutcome(mapping: name, fields: [], faults: [.unknownMapping(name)])
        }
        let target = targets[document.to]
        var outcome = MappingOutcome(mapping: name, fields: [], faults: [])
        for field in document.fields {
            let evaluation = FieldEvaluation(
                mapping: name, field: field, target: target?.fields[field.name], functions: functions,
                records: records, scope: scope, values: values)
            guard case .each(let path, let part, let root) = field.rule.source else {
                outcome.add(field, evaluation)
                continue
            }
            let conditions = field.rule.conditions
            let elements = conditions.allSatisfy { $0.holds(in: records) } ? path.elements(in: records) : []
            let parts = elements.map { element in
                self.outcome(
                    part, records.merging([root: element]) { $1 }, scope: scope, values: values, depth: depth + 1)
            }
            outcome.add(field, parts: parts, isRequired: evaluation.isRequired)
        }
        return outcome
    }
}

extension MappingOutcome {
    fileprivate mutating func add(_ field: MappingDocument.Field, _ evaluation: FieldEvaluation) {
        do throws(MappingFault) {
            let found = try evaluation.value()
            fields.append(
                Field(
                    name: field.name, value: found?.value, origin: found?.origin ?? field.rule.origin,
                    place: field.place))
        } catch {
            faults.append(error)
            fields.append(
                Field(name: field.name, origin: field.rule.origin, place: field.place, faults: [error]))
        }
    }

    fileprivate mutating func add(_ field: MappingDocument.Field, parts: [MappingOutcome], isRequired: Bool) {
        var row = Field(name: field.name, origin: field.rule.origin, place: field.place)
        for (index, part) in parts.enumerated() {
            row.faults += part.faults.map { $0.within("\(field.name)[\(index)]") }
        }
        if !parts.isEmpty { row.value = .array(parts.map(\.record.json)) }
        if parts.isEmpty, isRequired {
            row.faults = [.nothing(mapping: mapping, field: field.name, from: field.rule.origin)]
        }
        faults += row.faults
        fields.append(row)
    }
}

extension FieldRule {
    /// For people: which paths, and through which value table.
    public var origin: String {
        let source =
            switch source {
            case .first(let paths): paths.map(\.description).joined(separator: " or ")
            case .joined(let paths, _): paths.map(\.description).joined(separator: " + ")
            case .constant: "constant"
            case .call(let name, let paths): "\(name)(\(paths.map(\.description).joined(separator: ", ")))"
            case .each(let path, let mapping, _): "each of \(path) by \(mapping)"
            }
        return table.map { "\(source), table \($0.table)" } ?? source
    }
}

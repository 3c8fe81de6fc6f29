public import JSON

/// The mapping documents that are in force together, checked, with what they need.
public struct MappingSet: Sendable {
    /// By name.
    public let documents: [String: MappingDocument]
    private let targets: [String: TargetRecord]
    private let functions: [String: MappingFunction]

    public init(documents: [MappingDocument], targets: [TargetRecord], functions: [MappingFunction]) {
        self.documents = Dictionary(documents.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        self.targets = Dictionary(targets.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        self.functions = Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// - Parameters:
    ///   - name: The document's: `order-header`.
    ///   - records: The first word of paths → the record: `order`, `line`.
    ///   - scope: The legal entity whose rows of value tables are taken first; empty for none.
    public func map(
        _ name: String, _ records: [String: JSONValue], scope: String, values: any ValueLookup
    ) throws(MappingFault) -> MappedRecord {
        guard let document = documents[name] else { throw .unknownMapping(name) }
        let target = targets[document.to]
        var mapped: [MappedRecord.Field] = []
        for field in document.fields {
            let evaluation = FieldEvaluation(
                mapping: name, field: field, target: target?.fields[field.name], functions: functions,
                records: records, scope: scope, values: values)
            guard let value = try evaluation.value() else { continue }
            mapped.append(MappedRecord.Field(name: field.name, value: value, origin: field.rule.origin))
        }
        return MappedRecord(mapping: name, fields: mapped)
    }
}

extension FieldRule {
    /// For people.
    var origin: String {
        let source =
            switch source {
            case .first(let paths): paths.map(\.description).joined(separator: " or ")
            case .joined(let paths, _): paths.map(\.description).joined(separator: " + ")
            case .constant: "constant"
            case .call(let name, let paths): "\(name)(\(paths.map(\.description).joined(separator: ", ")))"
            }
        return table.map { "\(source), table \($0.table)" } ?? source
    }
}

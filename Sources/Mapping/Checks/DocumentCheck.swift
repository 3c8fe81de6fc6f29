/// Holds documents against what is known of both sides, and against each other.
struct DocumentCheck {
    let catalog: MappingCatalog
    /// All that are to be in force together, by name.
    let documents: [String: MappingDocument]
    /// Names of the shipped ones, which flows ask for.
    let shipped: Set<String>
    /// By document: fields whose rule could not be read.
    let unreadable: [String: Set<String>]
    private var problems: [MappingProblem] = []

    init(
        catalog: MappingCatalog, documents: [String: MappingDocument], shipped: Set<String>,
        unreadable: [String: Set<String>]
    ) {
        self.catalog = catalog
        self.documents = documents
        self.shipped = shipped
        self.unreadable = unreadable
    }

    consuming func run() -> [MappingProblem] {
        for document in documents.values { check(document) }
        return problems
    }

    private mutating func check(_ document: MappingDocument) {
        if !isUsed(document.name) {
            note(
                document, "mapping", found: "\(document.name), which nothing uses",
                expected: NearestName.advice(document.name, among: shipped.sorted()))
        }
        let sources = catalog.sources[document.from]
        if sources == nil {
            note(
                document, "from", found: "the unknown record \(document.from)",
                expected: NearestName.advice(document.from, among: catalog.sources.keys.sorted()))
        }
        guard let target = catalog.targets.first(where: { $0.name == document.to }) else {
            note(
                document, "to", found: "the unknown record \(document.to)",
                expected: NearestName.advice(document.to, among: catalog.targets.map(\.name).sorted()))
            return
        }
        for field in document.fields { check(field, of: document, target, sources) }
        required(document, target)
    }

    private mutating func check(
        _ field: MappingDocument.Field, of document: MappingDocument, _ target: TargetRecord,
        _ sources: [SourceRecord]?
    ) {
        let key = "fields.\(field.name)"
        guard !target.owned.contains(field.name) else {
            problems.append(
                field.places.problem(
                    key, found: "\(field.name), which the flow fills itself",
                    expected: "no rule: the record is found again by it"))
            return
        }
        guard let known = target.fields[field.name] else {
            problems.append(
                field.places.problem(
                    key, found: "no field \(field.name) in \(document.to)",
                    expected: NearestName.advice(field.name, among: target.fields.keys.sorted())))
            return
        }
        guard let sources else { return }
        problems += FieldCheck.problems(field, target: known, shape: SourceShape(sources), catalog: catalog)
        guard case .each(_, let name, let root) = field.rule.source else { return }
        part(name, root, field, of: document, known, sources)
    }

    /// A repeated part must lead to a document that can be called from here.
    private mutating func part(
        _ name: String, _ root: String, _ field: MappingDocument.Field, of document: MappingDocument,
        _ target: TargetField, _ sources: [SourceRecord]
    ) {
        let key = "fields.\(field.name)"
        guard let part = documents[name] else {
            problems.append(
                field.places.problem(
                    "\(key).mapping", found: "the unknown document \(name)",
                    expected: NearestName.advice(name, among: documents.keys.sorted())))
            return
        }
        guard case .records(let record) = target.kind, record == part.to else {
            problems.append(
                field.places.problem(
                    "\(key).mapping", found: "\(name), which makes \(part.to)", expected: target.kind.label))
            return
        }
        guard !reaches(document.name, from: name, depth: 0) else {
            problems.append(
                field.places.problem(
                    "\(key).mapping", found: "\(name), which leads back to \(document.name)",
                    expected: "parts that end, at most \(MappingSet.deepest) in each other"))
            return
        }
        let given = Set(sources.map(\.root) + [root])
        for needed in catalog.sources[part.from] ?? [] where !given.contains(needed.root) {
            problems.append(
                field.places.problem(
                    "\(key).as", found: root, expected: "\(needed.root), which the paths of \(name) begin with"))
        }
    }

    private func reaches(_ goal: String, from name: String, depth: Int) -> Bool {
        guard name != goal, depth < MappingSet.deepest - 1 else { return true }
        return parts(of: name).contains { reaches(goal, from: $0, depth: depth + 1) }
    }

    private func parts(of name: String) -> [String] {
        (documents[name]?.fields ?? []).compactMap { field in
            if case .each(_, let part, _) = field.rule.source { part } else { nil }
        }
    }

    /// A flow asks for it, or another document.
    private func isUsed(_ name: String) -> Bool {
        shipped.contains(name) || documents.keys.contains { $0 != name && parts(of: $0).contains(name) }
    }

    private mutating func required(_ document: MappingDocument, _ target: TargetRecord) {
        let present = Set(document.fields.map(\.name)).union(unreadable[document.name] ?? []).union(target.owned)
        for field in target.fields.values.sorted(by: { $0.name < $1.name })
        where field.isRequired && !present.contains(field.name) {
            let expected = "a rule: \(document.to) needs it"
            let key = "fields.\(field.name)"
            if let removed = document.removed.first(where: { $0.name == field.name }) {
                problems.append(removed.places.problem(key, found: "none", expected: expected))
            } else {
                let place = document.places.parts["fields"].map { RulePlaces(file: document.places.file, row: $0) }
                problems.append((place ?? document.places).problem(key, found: "nothing", expected: expected))
            }
        }
    }

    private mutating func note(_ document: MappingDocument, _ key: String, found: String, expected: String) {
        problems.append(document.places.problem(key, found: found, expected: expected))
    }
}

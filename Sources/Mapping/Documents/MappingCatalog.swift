/// What documents may speak of: the records of both sides, the functions that they can call, and the value tables.
public struct MappingCatalog: Sendable {
    public var targets: [TargetRecord]
    /// By the document's `from`: the records that its paths may begin with.
    public var sources: [String: [SourceRecord]]
    public var functions: [MappingFunction]
    /// Columns by value table; `nil` where nobody knows the tables yet, so that any name passes.
    public var tables: [String: Set<String>]?

    public init(
        targets: [TargetRecord], sources: [String: [SourceRecord]], functions: [MappingFunction],
        tables: [String: Set<String>]? = nil
    ) {
        self.targets = targets
        self.sources = sources
        self.functions = functions
        self.tables = tables
    }

    /// Bytes of one document.
    public static let longestDocument = YAMLBounds.longest

    /// Which document a text holds; `nil` if that cannot be read.
    public static func name(of yaml: String) -> String? { MappingDocumentReader.name(of: yaml)?.value }

    /// - Returns: `nil` if the text holds the document that is expected, or if its name cannot be read.
    public static func misnamed(_ yaml: String, file: String, expected name: String) -> MappingProblem? {
        guard let found = MappingDocumentReader.name(of: yaml), found.value != name else { return nil }
        return MappingProblem(
            file: file, line: found.line, column: found.column, key: "mapping", found: found.value, expected: name)
    }

    /// The shipped documents with a company's own laid over them field by field, checked.
    /// - Parameters:
    ///   - shipped: File name → YAML.
    ///   - own: The same, of the company.
    /// - Throws: Everything that is wrong with any of them, by file and line.
    public func load(
        shipped: [String: String], own: [String: String] = [:]
    ) throws(MappingRefused) -> MappingSet {
        var loading = MappingLoading()
        for (file, yaml) in shipped.sorted(by: { $0.key < $1.key }) { loading.add(yaml, file: file, isOwn: false) }
        for (file, yaml) in own.sorted(by: { $0.key < $1.key }) { loading.add(yaml, file: file, isOwn: true) }
        loading.problems += DocumentCheck(
            catalog: self, documents: loading.documents, shipped: loading.shipped, unreadable: loading.unreadable
        ).run()
        guard loading.problems.isEmpty else { throw MappingRefused(loading.problems) }
        return MappingSet(documents: Array(loading.documents.values), targets: targets, functions: functions)
    }
}

/// Documents as they are read one after the other.
private struct MappingLoading {
    var problems: [MappingProblem] = []
    private(set) var documents: [String: MappingDocument] = [:]
    private(set) var shipped: Set<String> = []
    private(set) var unreadable: [String: Set<String>] = [:]
    /// Own documents by name.
    private var files: [String: String] = [:]

    mutating func add(_ yaml: String, file: String, isOwn: Bool) {
        var reader = MappingDocumentReader(file: file, isOwn: isOwn)
        let result = reader.read(yaml)
        problems += reader.problems
        guard let result else { return }
        let document = result.document
        if let other = files[document.name] ?? (isOwn ? nil : documents[document.name]?.places.file) {
            note(document, "mapping", found: "\(document.name), as in \(other)", expected: "each document once")
            return
        }
        unreadable[document.name, default: []].formUnion(result.unreadable)
        if isOwn { files[document.name] = file } else { shipped.insert(document.name) }
        guard isOwn, let base = documents[document.name] else {
            strayRemovals(document)
            documents[document.name] = document
            return
        }
        let sides = [("from", document.from, base.from), ("to", document.to, base.to)]
        for (key, found, expected) in sides where found != expected {
            note(document, key, found: found, expected: "\(expected), as the shipped \(document.name) has it")
        }
        for removed in document.removed where base.field(removed.name) == nil {
            problems.append(
                removed.places.problem(
                    "fields.\(removed.name)", found: "none for a field that is not shipped",
                    expected: NearestName.advice(removed.name, among: base.fields.map(\.name))))
        }
        documents[document.name] = base.overridden(by: document)
    }

    private mutating func strayRemovals(_ document: MappingDocument) {
        for removed in document.removed {
            problems.append(
                removed.places.problem(
                    "fields.\(removed.name)", found: "none in a document of your own",
                    expected: "it only over a shipped document"))
        }
    }

    private mutating func note(_ document: MappingDocument, _ key: String, found: String, expected: String) {
        problems.append(document.places.problem(key, found: found, expected: expected))
    }
}

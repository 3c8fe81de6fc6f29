/// What documents may speak of: the records of both sides, and the functions that they can call.
public struct MappingCatalog: Sendable {
    public var targets: [TargetRecord]
    /// By the document's `from`: the records that its paths may begin with.
    public var sources: [String: [SourceRecord]]
    public var functions: [MappingFunction]

    public init(targets: [TargetRecord], sources: [String: [SourceRecord]], functions: [MappingFunction]) {
        self.targets = targets
        self.sources = sources
        self.functions = functions
    }

    /// The shipped documents with a company's own laid over them, checked.
    /// - Parameters:
    ///   - shipped: File name → YAML.
    ///   - own: The same, of the company.
    public func load(
        shipped: [String: String], own: [String: String] = [:]
    ) throws(MappingRefused) -> MappingSet {
        var problems: [MappingProblem] = []
        var documents: [String: MappingDocument] = [:]
        for (file, yaml) in shipped.sorted(by: { $0.key < $1.key }) {
            var reader = MappingDocumentReader(file: file)
            if let result = reader.read(yaml) { documents[result.document.name] = result.document }
            problems += reader.problems
        }
        for (file, yaml) in own.sorted(by: { $0.key < $1.key }) {
            var reader = MappingDocumentReader(file: file)
            if let result = reader.read(yaml) {
                let name = result.document.name
                documents[name] =
                    documents[name]?.overridden(by: result.document, removing: result.removed) ?? result.document
            }
            problems += reader.problems
        }
        guard problems.isEmpty else { throw MappingRefused(problems) }
        return MappingSet(documents: Array(documents.values), targets: targets, functions: functions)
    }
}

import Flows
import Mapping

/// Where mapping documents are changed while the gateway runs: one change at a time, each checked together with all
/// other documents before anything happens.
actor MappingDesk {
    /// What flows work by.
    nonisolated let live: LiveMappings
    private let settings: MappingSettings
    /// Of the company, by file, as they are in force.
    private var own: [String: String]

    /// - Throws: What is wrong with the documents in the folder.
    init(_ settings: MappingSettings) throws(MappingRefused) {
        self.settings = settings
        own = try settings.folder?.read() ?? [:]
        live = LiveMappings(try CompanyMappings.load(own: own, tables: settings.tables))
    }

    /// The company's own document as it was written, with its file's name.
    func ownDocument(_ name: String) -> (file: String, yaml: String)? {
        own.first { MappingCatalog.name(of: $0.value) == name }.map { ($0.key, $0.value) }
    }

    /// All documents as they would be with this one.
    /// - Throws: Everything that would be wrong with them.
    func draft(_ name: String, _ yaml: String) throws(MappingRefused) -> MappingSet {
        try checked(name, yaml).set
    }

    /// Puts a document into the folder and in force.
    /// - Throws: `MappingRefused`, `MappingDeskFault` or `DurableFile.Failure`; everything is as before then.
    func put(_ name: String, _ yaml: String) throws {
        guard let folder = settings.folder else { throw MappingDeskFault.noFolder }
        let (own, set) = try checked(name, yaml)
        try folder.write(yaml, to: file(of: name))
        self.own = own
        live.replace(with: set)
    }

    /// Takes the company's own document away, so that the shipped one is in force again.
    /// - Throws: As `put`; `MappingRefused` if others need it.
    func remove(_ name: String) throws {
        guard let folder = settings.folder, let (file, _) = ownDocument(name) else {
            throw MappingDeskFault.notOwn(name)
        }
        var own = own
        own[file] = nil
        let set = try set(of: own)
        try folder.remove(file)
        self.own = own
        live.replace(with: set)
    }

    /// Whether the document could be taken away.
    func checkRemoval(of name: String) throws {
        guard isChangeable, let (file, _) = ownDocument(name) else { throw MappingDeskFault.notOwn(name) }
        var own = own
        own[file] = nil
        _ = try set(of: own)
    }

    /// Reads the folder again.
    /// - Returns: Documents whose rules are others now.
    func reload() throws(MappingRefused) -> [String] {
        let own = try settings.folder?.read() ?? [:]
        let set = try set(of: own)
        let before = live.current.documents.mapValues(\.yaml)
        let after = set.documents.mapValues(\.yaml)
        self.own = own
        live.replace(with: set)
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    }

    /// Whether documents can be changed here.
    var isChangeable: Bool { settings.folder != nil }

    private func set(of own: [String: String]) throws(MappingRefused) -> MappingSet {
        try CompanyMappings.load(own: own, tables: settings.tables)
    }

    private func checked(_ name: String, _ yaml: String) throws(MappingRefused) -> (
        own: [String: String], set: MappingSet
    ) {
        let file = file(of: name)
        if let problem = MappingCatalog.misnamed(yaml, file: file, expected: name) { throw MappingRefused([problem]) }
        var own = own
        own[file] = yaml
        return (own, try set(of: own))
    }

    private func file(of name: String) -> String { ownDocument(name)?.file ?? "\(name).yaml" }
}

/// A change that cannot be made.
enum MappingDeskFault: Error, Equatable {
    case noFolder
    case notOwn(String)
}

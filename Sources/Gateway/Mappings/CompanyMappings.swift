import Flows
public import Mapping

/// The shipped documents with those of the company over them, as files have them: for the start and for commands.
public enum CompanyMappings {
    /// - Parameter drafts: File name → YAML, in place of the folder's files with the same name or the same document.
    /// - Throws: Everything that is wrong with any of them.
    public static func load(
        _ settings: MappingSettings, drafts: [String: String] = [:]
    ) throws(MappingRefused) -> MappingSet {
        let own = try settings.folder?.read() ?? [:]
        return try load(own: replacing(own, by: drafts), tables: settings.tables)
    }

    static func load(own: [String: String], tables: ValueTableCatalog) throws(MappingRefused) -> MappingSet {
        var catalog = FlowCatalog.catalog
        catalog.tables = FlowCatalog.columns(of: tables)
        return try catalog.load(shipped: FlowCatalog.shipped, own: own)
    }

    /// Drafts push out the files that hold the same document.
    private static func replacing(_ own: [String: String], by drafts: [String: String]) -> [String: String] {
        let names = Set(drafts.values.compactMap(MappingCatalog.name(of:)))
        let others = own.filter { file in !(MappingCatalog.name(of: file.value).map(names.contains) ?? false) }
        return others.merging(drafts) { _, draft in draft }
    }

    /// The shipped documents alone, to compare with.
    public static func shipped() throws(MappingRefused) -> MappingSet { try load(MappingSettings()) }
}

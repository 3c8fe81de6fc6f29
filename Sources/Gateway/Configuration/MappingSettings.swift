public import Foundation
public import Mapping

/// Where a company keeps mapping documents of its own.
public struct MappingSettings: Sendable, Equatable {
    /// `nil`: the shipped documents alone.
    public var folder: MappingFolder?
    /// What documents may look words up in.
    public var tables = ValueTableCatalog.standard

    public init(folder: MappingFolder? = nil) { self.folder = folder }
}

extension MappingSettings {
    init(_ section: ConfigurationSection?, _ files: ConfigurationFiles, _ tables: ValueTableCatalog) {
        self.tables = tables
        guard let section else { return }
        folder = section.optionalText("folder", expected: "a folder with mapping documents")
            .map { MappingFolder(files.path($0)) }
        section.finish()
    }

    /// The sections `mapping` and `values` alone, for commands that look at documents: the rest of the configuration
    /// need not be right, and its secrets need not be at hand.
    public static func load(
        path: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> MappingSettings {
        let files = ConfigurationFiles(folder: GatewayConfiguration.folder(of: path))
        let reading = ConfigurationReading(
            interpolation: Interpolation(environment: environment, readFile: files.text(at:)))
        let settings = try reading.root(of: GatewayConfiguration.text(of: path)).map { root in
            MappingSettings(root.section("mapping"), files, ValueTableCatalog(root.section("values")))
        }
        guard let settings, reading.problems.isEmpty else {
            throw ConfigurationError(file: path, problems: reading.problems)
        }
        return settings
    }
}

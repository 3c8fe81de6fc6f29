public import Archive
import CSV
import Foundation

/// A data package: a zip archive with a manifest, a header, and one file for each entity.
public struct DataPackage: Sendable, Equatable {
    public struct File: Sendable, Equatable {
        /// As data management calls it: `Customers V3`.
        public var entity: String
        public var name: String
        public var content: [UInt8]
    }

    /// The data project.
    public let project: String
    public let files: [File]
    private let entries: [ArchiveEntry]
    private let limits: ArchiveLimits

    /// A package with one file of comma-separated values, whose columns are named as the entity's fields.
    /// - Parameter sourceFormat: The name of the data source for such files in F&O.
    /// - Throws: `DataManagementFault.unusablePackage`.
    public init(
        project: String, entity: String, csv: [UInt8], sourceFormat: String = "CSV",
        limits: ArchiveLimits = ArchiveLimits()
    ) throws(DataManagementFault) {
        let table: CSVTable
        do {
            table = try CSVTable(csv)
        } catch {
            throw .unusablePackage(detail: "the data is no table: \(error)")
        }
        guard !table.rows.isEmpty else { throw .unusablePackage(detail: "the data has a header and no rows") }
        try self.init(
            project: project, entity: entity, fileName: entity + ".csv", content: csv, fields: table.header,
            sourceFormat: sourceFormat, limits: limits)
    }

    /// A package with one file of XML, whose elements are named as the entity's fields.
    public init(
        project: String, entity: String, xml: [UInt8], fields: [String], sourceFormat: String = "XML-Element",
        limits: ArchiveLimits = ArchiveLimits()
    ) throws(DataManagementFault) {
        try self.init(
            project: project, entity: entity, fileName: entity + ".xml", content: xml, fields: fields,
            sourceFormat: sourceFormat, limits: limits)
    }

    private init(
        project: String, entity: String, fileName: String, content: [UInt8], fields: [String], sourceFormat: String,
        limits: ArchiveLimits
    ) throws(DataManagementFault) {
        let documents = PackageDocuments(
            project: project, entity: entity, file: fileName, sourceFormat: sourceFormat, fields: fields)
        self.project = project
        files = [File(entity: entity, name: fileName, content: content)]
        entries = [
            ArchiveEntry(name: Self.manifest, content: documents.manifest),
            ArchiveEntry(name: Self.header, content: documents.header),
            ArchiveEntry(name: fileName, content: content),
        ]
        self.limits = limits
    }

    /// Reads a package, such as an export.
    public init(zip: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(DataManagementFault) {
        do {
            entries = try ZipArchive.read(zip, limits: limits)
        } catch {
            throw .unusablePackage(detail: "\(error)")
        }
        self.limits = limits
        guard let manifest = Self.entry(Self.manifest, in: entries) else {
            throw .unusablePackage(detail: "it has no Manifest.xml")
        }
        let contents = try PackageManifest(manifest.content)
        project = contents.project
        var files: [File] = []
        for entity in contents.entities {
            // An entity of which nothing was exported has no file.
            guard let entry = Self.entry(entity.file, in: entries) else { continue }
            files.append(File(entity: entity.name, name: entry.name, content: entry.content))
        }
        self.files = files
    }

    /// This package with other data for one entity. Manifest and header stay as F&O made them: the safest way to a
    /// package that it takes is one that it exported.
    public func replacing(entity: String, content: [UInt8]) throws(DataManagementFault) -> DataPackage {
        guard let file = files.first(where: { $0.entity == entity }) else {
            throw .unusablePackage(detail: "it has no file for \(entity)")
        }
        var (entries, files) = (entries, files)
        for index in entries.indices where entries[index].name == file.name { entries[index].content = content }
        for index in files.indices where files[index].name == file.name { files[index].content = content }
        return DataPackage(project: project, files: files, entries: entries, limits: limits)
    }

    private init(project: String, files: [File], entries: [ArchiveEntry], limits: ArchiveLimits) {
        self.project = project
        self.files = files
        self.entries = entries
        self.limits = limits
    }

    /// The same package always makes the same bytes.
    public func zip() throws(DataManagementFault) -> [UInt8] {
        do {
            return try ZipArchive.write(entries, limits: limits)
        } catch {
            throw .unusablePackage(detail: "\(error)")
        }
    }

    private static let manifest = "Manifest.xml"
    private static let header = "PackageHeader.xml"

    private static func entry(_ name: String, in entries: [ArchiveEntry]) -> ArchiveEntry? {
        entries.first { $0.name.lowercased() == name.lowercased() }
    }
}

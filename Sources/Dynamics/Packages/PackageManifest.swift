import Foundation

/// What the manifest of a package says about its files.
struct PackageManifest: Equatable {
    struct Entity: Equatable {
        var name: String
        /// The name of its file in the package.
        var file: String
    }

    let project: String
    let entities: [Entity]

    /// Reads UTF-8, and UTF-16 with a byte order mark, as Microsoft's own packages have it.
    /// - Throws: `DataManagementFault.unusablePackage`.
    init(_ bytes: [UInt8]) throws(DataManagementFault) {
        guard let text = Self.text(bytes) else {
            throw .unusablePackage(detail: "Manifest.xml is neither UTF-8 nor UTF-16 with a byte order mark")
        }
        // No packet of F&O has one, and nothing good comes of entities that a document declares itself.
        guard !text.contains("<!DOCTYPE") else {
            throw .unusablePackage(detail: "Manifest.xml declares a document type")
        }
        project = Self.element("DefinitionGroupName", in: text[...]) ?? ""
        let parts = text.split(separator: "<DataManagementPackageEntityData", omittingEmptySubsequences: false)
        var entities: [Entity] = []
        for part in parts.dropFirst() {
            guard let name = Self.element("EntityName", in: part), let file = Self.element("InputFilePath", in: part)
            else { throw .unusablePackage(detail: "an entity of Manifest.xml lacks EntityName or InputFilePath") }
            entities.append(Entity(name: name, file: file))
        }
        self.entities = entities
        guard !entities.isEmpty else { throw .unusablePackage(detail: "Manifest.xml names no entity") }
    }

    private static func text(_ bytes: [UInt8]) -> String? {
        switch bytes.prefix(2) {
        case [0xFF, 0xFE]: String(data: Data(bytes.dropFirst(2)), encoding: .utf16LittleEndian)
        case [0xFE, 0xFF]: String(data: Data(bytes.dropFirst(2)), encoding: .utf16BigEndian)
        default: String(validating: bytes, as: UTF8.self)
        }
    }

    /// The text of the first element of this name that holds nothing but text.
    private static func element(_ name: String, in text: Substring) -> String? {
        guard let start = text.firstRange(of: "<\(name)>")?.upperBound,
            let end = text[start...].firstRange(of: "</\(name)>")?.lowerBound, !text[start..<end].contains("<")
        else { return nil }
        return XMLText.unescape(text[start..<end])
    }
}

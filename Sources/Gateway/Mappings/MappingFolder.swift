import Foundation
public import Mapping

/// The folder with a company's own mapping documents, one file each.
public struct MappingFolder: Sendable, Equatable {
    /// Files that are looked at, at most.
    static let mostFiles = 200
    /// What follows a file's name where the version before it is kept.
    static let previousSuffix = ".previous"

    public let path: String

    public init(_ path: String) { self.path = path }

    /// File name → YAML, of all that end with `.yaml` or `.yml` and don't begin with a dot.
    public func read() throws(MappingRefused) -> [String: String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw refused(path, found: "no readable folder", expected: "a folder (mapping.folder)")
        }
        let files = names.filter(Self.isDocument).sorted()
        guard files.count <= Self.mostFiles else {
            throw refused(path, found: "\(files.count) documents", expected: "at most \(Self.mostFiles)")
        }
        var documents: [String: String] = [:]
        for file in files { documents[file] = try Self.document(at: "\(path)/\(file)", named: file) }
        return documents
    }

    /// A document's text, as long as documents may be.
    /// - Parameter name: How problems call it.
    public static func document(at path: String, named name: String) throws(MappingRefused) -> String {
        let longest = MappingCatalog.longestDocument
        let handle = FileHandle(forReadingAtPath: path)
        defer { try? handle?.close() }
        guard let data = try? handle?.read(upToCount: longest + 1) else {
            throw refused(name, found: "no readable file", expected: "a YAML file")
        }
        guard data.count <= longest else {
            throw refused(name, found: "a file of more than \(longest) bytes", expected: "a shorter one")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw refused(name, found: "bytes that are no UTF-8", expected: "a text in UTF-8")
        }
        return text
    }

    /// Durably; the version before is kept beside it.
    func write(_ yaml: String, to file: String) throws(DurableFile.Failure) {
        if let before = try? Self.document(at: "\(path)/\(file)", named: file) {
            try DurableFile.replace("\(path)/\(file)\(Self.previousSuffix)", with: Array(before.utf8))
        }
        try DurableFile.replace("\(path)/\(file)", with: Array(yaml.utf8))
    }

    /// Durably; what is taken away is kept beside its place.
    func remove(_ file: String) throws(DurableFile.Failure) {
        try DurableFile.move("\(path)/\(file)", to: "\(path)/\(file)\(Self.previousSuffix)")
    }

    private static func isDocument(_ name: String) -> Bool {
        !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
    }

    private static func refused(_ file: String, found: String, expected: String) -> MappingRefused {
        MappingRefused([
            MappingProblem(file: file, line: 1, column: 1, key: "", found: found, expected: expected)
        ])
    }

    private func refused(_ file: String, found: String, expected: String) -> MappingRefused {
        Self.refused(file, found: found, expected: expected)
    }
}

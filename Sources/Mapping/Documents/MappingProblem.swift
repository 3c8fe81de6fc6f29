/// One thing that is wrong with a mapping document, for the person who has the file open.
public struct MappingProblem: Error, Sendable, Equatable, Codable, CustomStringConvertible {
    /// The file, or the document's name where it came another way.
    public var file: String
    /// From 1.
    public var line: Int
    /// In characters, from 1.
    public var column: Int
    /// `fields.DeliveryModeCode.table`; empty for the document as a whole.
    public var key: String
    public var found: String
    public var expected: String

    public init(file: String, line: Int, column: Int, key: String, found: String, expected: String) {
        self.file = file
        self.line = line
        self.column = column
        self.key = key
        self.found = found
        self.expected = expected
    }

    public var description: String {
        "\(file):\(line):\(column): \(key.isEmpty ? "" : key + ": ")found \(found); expected \(expected)"
    }
}

/// Everything that is wrong with mapping documents, by file and in the order of their lines.
public struct MappingRefused: Error, Sendable, Equatable, CustomStringConvertible {
    public let problems: [MappingProblem]

    public init(_ problems: [MappingProblem]) {
        self.problems = problems.sorted {
            ($0.file, $0.line, $0.column, $0.key) < ($1.file, $1.line, $1.column, $1.key)
        }
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing that is wrong with the configuration file, for the person who has the file open.
public struct ConfigurationProblem: Error, Sendable, Equatable, Codable, CustomStringConvertible {
    /// From 1.
    public var line: Int
    /// In characters, from 1.
    public var column: Int
    /// `dynamics.auth.clientSecret.tenant`; empty for the file as a whole.
    public var key: String
    /// What is there; never a secret's value.
    public var found: String
    public var expected: String

    public init(line: Int, column: Int, key: String, found: String, expected: String) {
        self.line = line
        self.column = column
        self.key = key
        self.found = found
        self.expected = expected
    }

    public var description: String {
        "\(line):\(column): \(key.isEmpty ? "" : key + ": ")found \(found); expected \(expected)"
    }
}

/// Everything that is wrong with a configuration file, in the order of its lines.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    public var file: String
    public var problems: [ConfigurationProblem]

    public init(file: String, problems: [ConfigurationProblem]) {
        self.file = file
        self.problems = problems
    }

    /// One line per problem, in the form that editors jump to: `causeway.yaml:12:5: …`.
    public var description: String {
        problems.map { "\(file):\($0)" }.joined(separator: "\n")
    }
}

public import JSON

/// A rule that is truly code, which documents call by name.
public struct MappingFunction: Sendable {
    public let name: String
    /// How many paths it takes.
    public let arguments: ClosedRange<Int>
    /// For the field table, in a sentence.
    public let purpose: String
    /// - Parameter values: What stands at each path; `nil` where nothing does.
    /// - Returns: `nil` for no value.
    public let body: @Sendable (_ values: [JSONValue?]) throws(MappingFunctionFault) -> JSONValue?

    public init(
        _ name: String, arguments: ClosedRange<Int>, purpose: String,
        body: @escaping @Sendable (_ values: [JSONValue?]) throws(MappingFunctionFault) -> JSONValue?
    ) {
        self.name = name
        self.arguments = arguments
        self.purpose = purpose
        self.body = body
    }
}

/// What a function cannot make anything of.
public struct MappingFunctionFault: Error, Sendable, Equatable {
    public var found: String
    public var expected: String

    public init(found: String, expected: String) {
        self.found = found
        self.expected = expected
    }
}

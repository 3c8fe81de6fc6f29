public import JSON
import Relay

/// The records that one run of a mapping document begins with, as its flow would give them.
public struct MappingSample: Sendable, Equatable {
    /// For people: `order 000000042`, `line 2`.
    public var title: String
    /// The first word of paths → the record.
    public var records: [String: JSONValue]
    /// The legal entity whose rows of value tables come first.
    public var scope: String

    public init(title: String, records: [String: JSONValue], scope: String) {
        self.title = title
        self.records = records
        self.scope = scope
    }
}

/// A flow that can say what its documents would be given, so that a draft can be tried on a stored event.
public protocol MappingSampling: Sendable {
    /// Names of the documents that it has samples for.
    var sampledDocuments: Set<String> { get }

    /// - Parameter body: Of an event, or a record as its platform writes it. What the flow would read from a platform
    ///   it reads here, too; it changes nothing.
    /// - Returns: One for each run of the document: a header has one, lines have as many as there are.
    /// - Throws: A `Verdict`, or what the clients throw.
    func samples(of document: String, body: [UInt8]) async throws -> [MappingSample]
}

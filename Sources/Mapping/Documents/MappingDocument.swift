/// How one kind of record becomes another: the field table of one direction.
public struct MappingDocument: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        /// The target's field; a dot leads into an object: `comment.comment`.
        public var name: String
        public var rule: FieldRule
        /// Where the rule stands: `order-header.yaml:12`.
        public var place: String

        public init(name: String, rule: FieldRule, place: String) {
            self.name = name
            self.rule = rule
            self.place = place
        }
    }

    /// `order-header`.
    public var name: String
    /// The kind of the source record, for people: `commerce.order`.
    public var from: String
    /// The target record: `dynamics.SalesOrderHeader`.
    public var to: String
    /// In the document's sequence.
    public var fields: [Field]

    public init(name: String, from: String, to: String, fields: [Field]) {
        self.name = name
        self.from = from
        self.to = to
        self.fields = fields
    }

    /// This document with a company's own on top: each field that the other names takes the place of ours or comes
    /// behind them; what the other takes away is gone.
    public func overridden(by own: MappingDocument, removing removed: Set<String>) -> MappingDocument {
        var document = self
        document.fields.removeAll { removed.contains($0.name) }
        for field in own.fields {
            if let position = document.fields.firstIndex(where: { $0.name == field.name }) {
                document.fields[position] = field
            } else {
                document.fields.append(field)
            }
        }
        return document
    }
}

/// How one kind of record becomes another: the field table of one direction.
public struct MappingDocument: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        /// The target's field; a dot leads into an object: `comment.comment`.
        public var name: String
        public var rule: FieldRule
        /// Whether the rule is the company's own and not the shipped one.
        public var isOwn: Bool
        var places: RulePlaces

        /// Where the rule stands: `order-header.yaml:12`.
        public var place: String { "\(places.file):\(places.row.line)" }
    }

    /// `order-header`.
    public let name: String
    /// The kind of the source record, for people: `commerce.order`.
    public let from: String
    /// The target record: `dynamics.SalesOrderHeader`.
    public let to: String
    /// In the document's sequence.
    public private(set) var fields: [Field]
    /// Shipped fields that the company's own document takes away, with where it says so.
    public private(set) var removed: [Field.Removed] = []
    /// Of the keys above, in the file that was read last.
    var places: RulePlaces

    init(name: String, from: String, to: String, fields: [Field], removed: [Field.Removed], places: RulePlaces) {
        self.name = name
        self.from = from
        self.to = to
        self.fields = fields
        self.removed = removed
        self.places = places
    }

    /// This document with a company's own on top: each field that the other names takes the place of ours or comes
    /// behind them; what the other takes away is gone.
    func overridden(by own: MappingDocument) -> MappingDocument {
        var document = self
        let removed = Set(own.removed.map(\.name))
        document.fields.removeAll { removed.contains($0.name) }
        for field in own.fields {
            if let position = document.fields.firstIndex(where: { $0.name == field.name }) {
                document.fields[position] = field
            } else {
                document.fields.append(field)
            }
        }
        document.removed = own.removed
        document.places = own.places
        return document
    }

    func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

extension MappingDocument.Field {
    /// `SalesOrderOriginCode: none`.
    public struct Removed: Sendable, Equatable {
        public var name: String
        var places: RulePlaces

        /// Where it says so: `order-header.yaml:12`.
        public var place: String { "\(places.file):\(places.row.line)" }
    }
}

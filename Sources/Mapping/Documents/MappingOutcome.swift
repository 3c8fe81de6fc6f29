public import JSON

/// What a document makes of a record, with everything that keeps it from being sent.
public struct MappingOutcome: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public var name: String
        /// `nil` if it is not sent, or cannot be.
        public var value: JSONValue?
        /// For people: where the value came from, or where one was looked for.
        public var origin: String
        /// Where the rule stands: `order-header.yaml:12`.
        public var place: String
        /// Of a repeated part several.
        public var faults: [MappingFault]

        public init(
            name: String, value: JSONValue? = nil, origin: String, place: String, faults: [MappingFault] = []
        ) {
            self.name = name
            self.value = value
            self.origin = origin
            self.place = place
            self.faults = faults
        }
    }

    public let mapping: String
    /// In the document's sequence, also those that are not sent.
    public internal(set) var fields: [Field]
    /// All of them, in the same sequence.
    public internal(set) var faults: [MappingFault]

    public init(mapping: String, fields: [Field], faults: [MappingFault]) {
        self.mapping = mapping
        self.fields = fields
        self.faults = faults
    }

    /// What can be sent; all of it only if there is no fault.
    public var record: MappedRecord {
        MappedRecord(
            mapping: mapping,
            fields: fields.compactMap { field in
                field.value.map { MappedRecord.Field(name: field.name, value: $0, origin: field.origin) }
            })
    }

    /// Of several faults the first one that a row in a value table mends, because adding it releases the record;
    /// otherwise the first one.
    public var decidingFault: MappingFault? {
        faults.first { if case .missingValue = $0 { true } else { false } } ?? faults.first
    }
}

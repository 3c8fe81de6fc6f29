import JSON
import Mapping
import Relay

extension FlowContext {
    /// What the mapping document makes of the records.
    /// - Parameters:
    ///   - records: The first word of paths → the record.
    ///   - scope: The legal entity, whose rows of value tables are taken first.
    ///   - title: Of which record, for people: `Invoice 000000017`.
    /// - Throws: A `Verdict` that parks, with what a person can do.
    func fill(
        _ document: String, _ records: [String: JSONValue], scope: String, title: String
    ) throws(Verdict) -> MappedRecord {
        try mappings.current.fill(document, records, scope: scope, values: values, title: title)
    }
}

extension MappingSet {
    /// The same, for flows that make several records by one set.
    func fill(
        _ document: String, _ records: [String: JSONValue], scope: String, values: any ValueLookup, title: String
    ) throws(Verdict) -> MappedRecord {
        do throws(MappingFault) {
            return try map(document, records, scope: scope, values: values)
        } catch {
            throw Verdict.unmapped(error, record: title)
        }
    }
}

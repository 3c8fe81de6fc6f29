import Mapping
import Relay

extension Verdict {
    /// - Parameter record: Of which record, for people: `Order 000000042`.
    static func unmapped(_ fault: MappingFault, record: String) -> Verdict {
        switch fault {
        case .missingValue(_, _, let key, let column):
            .missingValue(key, columns: [column], record: record)
        case .nothing, .tooLong, .unfit:
            .park(
                "unmapped", "\(record): \(fault)",
                advice: "Correct the record, or the rule in the mapping document, then replay the event.")
        case .unknownMapping:
            .park(
                "unknown-mapping", "\(record): \(fault)", advice: "Add the mapping document, then replay the event.")
        }
    }
}

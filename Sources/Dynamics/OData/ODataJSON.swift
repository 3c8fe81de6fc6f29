import Foundation
import JSON
import Relay

/// Records as F&O reads them. `Decimal` is written and read digit by digit, never by way of `Double`.
enum ODataJSON {
    /// Keys are sorted, so that the same record is the same bytes in the audit trail.
    static func encode(_ record: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = try encoder.encode(record)
        // Foundation writes Decimal.nan as NaN, which is no JSON.
        guard (try? JSONValue.parse([UInt8](json))) != nil else { throw NotJSON() }
        // What a person changed of it.
        guard let patch = RecordPatch.current else { return [UInt8](json) }
        return try MergePatch.apply(patch, to: [UInt8](json))
    }

    struct NotJSON: Error, CustomStringConvertible {
        var description: String { "a number in it is not finite" }
    }
}

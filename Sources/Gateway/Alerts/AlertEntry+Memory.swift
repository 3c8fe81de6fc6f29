import Foundation
import Relay

extension AlertEntry {
    /// - Returns: `nil` for what another version wrote in another shape.
    init?(_ remembered: RememberedAlert) {
        guard let entry = try? JSONDecoder().decode(AlertEntry.self, from: Data(remembered.detail)),
            entry.alert.cause == remembered.cause
        else { return nil }
        self = entry
    }

    var remembered: RememberedAlert {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return RememberedAlert(
                cause: alert.cause, since: alert.since ?? firstSeenAt, detail: Array(try encoder.encode(self)))
        }
    }
}

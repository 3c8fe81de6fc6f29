import Foundation
import Relay

/// Times as people write them: `2026-11-20T22:00:00Z`, `2026-11-20T23:00:00+01:00`, `2026-11-20` (UTC), or a duration
/// from now: `12h`.
enum Moment {
    static let expected = "a time such as 2026-11-20T22:00:00Z, a day such as 2026-11-20, or a duration such as 12h"

    /// A duration counts back from now.
    static func past(_ text: String, now: Timestamp) -> Timestamp? {
        Quantity.duration(text).map { now + (.zero - $0) } ?? absolute(text)
    }

    /// A duration counts on from now.
    static func future(_ text: String, now: Timestamp) -> Timestamp? {
        Quantity.duration(text).map { now + $0 } ?? absolute(text)
    }

    static func absolute(_ text: String) -> Timestamp? {
        // The parsers below would take "2026-11-20x" for the day.
        guard text.utf8.count <= longest, let last = text.last, last.isNumber || last == "Z" else { return nil }
        let styles: [Date.ISO8601FormatStyle] =
            text.contains("T")
            ? [.iso8601, Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
            : text.utf8.count == 10 ? [.iso8601.year().month().day()] : []
        for style in styles {
            guard let date = try? style.parse(text) else { continue }
            return Timestamp(millisecondsSince1970: Int64((date.timeIntervalSince1970 * 1000).rounded()))
        }
        return nil
    }

    private static let longest = 40
}

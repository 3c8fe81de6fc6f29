import GRDB
import Relay

/// The numbers of numbered streams. A stream begins with whatever number comes first; what is left out after that is a
/// gap until it comes.
enum Streams {
    /// - Returns: The numbers that this arrival shows to be missing.
    static func gap(
        before sequence: SequenceNumber, at moment: Timestamp, _ db: Database
    ) throws -> ClosedRange<Int64>? {
        let (name, number) = (sequence.stream, sequence.number)
        guard let last: Int64 = try db.row(last, [name])?[0] else {
            try db.run(advance, [name, number])
            return nil
        }
        guard number > last else {
            try fill(number, of: name, db)
            return nil
        }
        try db.run(advance, [name, number])
        guard number > last + 1 else { return nil }
        try db.run(open, [name, last + 1, number - 1, moment.millisecondsSince1970])
        return (last + 1)...(number - 1)
    }

    /// A late arrival splits its gap, shortens it, or closes it.
    private static func fill(_ number: Int64, of name: String, _ db: Database) throws {
        guard let gap = try db.row(around, [name, number, number]) else { return }
        let (first, last, seenAt): (Int64, Int64, Int64) = (gap["first"], gap["last"], gap["seen_at_ms"])
        try db.run(close, [name, first])
        if first < number { try db.run(open, [name, first, number - 1, seenAt]) }
        if number < last { try db.run(open, [name, number + 1, last, seenAt]) }
    }

    static func gaps(_ db: Database) throws -> [StreamGap] {
        try db.rows("SELECT * FROM stream_gap ORDER BY name, first LIMIT ?", [maxGaps]).map { row in
            StreamGap(
                stream: row["name"], numbers: row["first"]...row["last"],
                seenAt: Timestamp(millisecondsSince1970: row["seen_at_ms"]))
        }
    }

    /// Gaps in one answer.
    static let maxGaps = 1_000

    private static let last = "SELECT last FROM stream WHERE name = ?"
    private static let advance =
        "INSERT INTO stream VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)"
    private static let around = """
        SELECT * FROM stream_gap WHERE name = ? AND first <= ? AND last >= ? ORDER BY first DESC LIMIT 1
        """
    private static let open = "INSERT INTO stream_gap (name, first, last, seen_at_ms) VALUES (?, ?, ?, ?)"
    private static let close = "DELETE FROM stream_gap WHERE name = ? AND first = ?"
}

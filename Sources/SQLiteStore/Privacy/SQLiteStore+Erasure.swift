import Foundation
import GRDB
import Logging
public import Relay

extension SQLiteStore: Erasure {
    public func holdings(of subject: SearchKey) async throws -> ErasureCount {
        let holdings = try await HoldingsSearch.run(for: subject, self)
        var count = ErasureCount(links: holdings.links.count)
        for part in holdings.parts {
            count = count + (try await read { try Erasing.count(part, $0) })
        }
        return count
    }

    public func erase(_ order: ErasureOrder) async throws -> ErasureRecord {
        let holdings = try await HoldingsSearch.run(for: order.subject, self)
        var count = ErasureCount(links: holdings.links.count)
        for part in holdings.parts {
            let done = try await committer.perform(.bookkeeping) { db in
                try Erasing.erase(part, holdings.needles, at: order.act.at, db)
            }
            count = count + done
        }
        var order = order
        // The reason that is kept must not name the person either.
        order.act.why = LooseEnds.takeOut(holdings.needles, of: order.act.why) ?? order.act.why
        let (act, counted) = (order, count)
        let id = try await committer.perform(.bookkeeping) { db in
            try LooseEnds.erase(holdings, db)
            return try ErasureRows.record(act, counted, of: holdings.events, db)
        }
        if try await !cutLog() {
            logger.warning("what was erased stands in the write-ahead log until its readers end")
        }
        return ErasureRecord(id: id, act: order.act, kind: order.subject.kind, hash: order.hash, count: count)
    }

    /// Looks are short, so one of a few tries meets none.
    private func cutLog() async throws -> Bool {
        for _ in 0..<Self.logCuts where try await truncateLog() { return true }
        return false
    }

    private static let logCuts = 5

    public func erasures(limit: Int) async throws -> [ErasureRecord] {
        try await read { try ErasureRows.newest(limit, $0) }
    }

    public func erasureSalt() async throws -> [UInt8] {
        try await read { db in
            try db.row("SELECT value FROM trait WHERE name = 'erasure salt'").map { [UInt8]($0[0] as Data) } ?? []
        }
    }
}

extension Holdings {
    fileprivate var parts: [[Int64]] {
        let events = events.sorted()
        return stride(from: 0, to: events.count, by: Erasing.eventsPerPart).map {
            Array(events[$0..<min($0 + Erasing.eventsPerPart, events.count)])
        }
    }
}

extension ErasureCount {
    fileprivate static func + (left: ErasureCount, right: ErasureCount) -> ErasureCount {
        ErasureCount(
            events: left.events + right.events, attempts: left.attempts + right.attempts,
            links: left.links + right.links, unfinished: left.unfinished + right.unfinished,
            running: left.running + right.running)
    }
}

/// The fact that a person was erased.
enum ErasureRows {
    static func record(
        _ order: ErasureOrder, _ count: ErasureCount, of events: Set<Int64>, _ db: Database
    ) throws -> Int64 {
        try db.run(
            insert,
            [
                order.act.at.millisecondsSince1970, order.act.by, order.act.why, order.subject.kind.rawValue,
                Data(order.hash), count.events, count.attempts, count.links, count.unfinished, count.running,
            ])
        let id = db.lastInsertedRowID
        try Acts.record(
            order.act, verb: "erase", target: "\(count.events) events of a person (erasure \(id))",
            touched: events.map { EventID($0) }, db)
        return id
    }

    static func newest(_ limit: Int, _ db: Database) throws -> [ErasureRecord] {
        try db.rows("SELECT * FROM erasure ORDER BY id DESC LIMIT ?", [max(1, limit)]).map { row in
            ErasureRecord(
                id: row["id"],
                act: OperatorAct(
                    by: row["by"], why: row["why"], at: Timestamp(millisecondsSince1970: row["at_ms"])),
                kind: SearchKey.Kind(rawValue: row["subject_kind"]) ?? .email,
                hash: [UInt8](row["subject_hash"] as Data),
                count: ErasureCount(
                    events: row["events"], attempts: row["attempts"], links: row["links"],
                    unfinished: row["ended"], running: row["running"]))
        }
    }

    private static let insert = """
        INSERT INTO erasure (at_ms, by, why, subject_kind, subject_hash, events, attempts, links, ended, running)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}

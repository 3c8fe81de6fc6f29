import GRDB
public import Relay

extension SQLiteStore: Retention {
    public func purge(_ rules: RetentionRules, now: Timestamp, limit: Int) async throws -> PurgeCount {
        let part = try await read { try Purging.find(rules, now: now, limit: limit, $0) }
        guard part != Purging.Part() else { return PurgeCount() }
        return try await committer.perform(.bookkeeping) { try Purging.purge(part, $0) }
    }

    public func release() async throws -> Int {
        try await committer.perform(.bookkeeping) { try FreePages.release($0) }
    }
}

/// Pages without content. New events use them first, so some of them are worth keeping.
enum FreePages {
    /// Pages given back in one transaction.
    static let part = 256
    /// 16 MiB are never worth the work.
    static let least = 4096

    /// - Returns: Bytes given back.
    static func release(_ db: Database) throws -> Int {
        let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let surplus = min(free - max(pages / 4, least), part)
        guard surplus > 0 else { return 0 }
        _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum(\(surplus))")
        let left = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? pages
        return (pages - left) * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096)
    }
}

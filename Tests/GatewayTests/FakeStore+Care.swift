import Relay

/// A store that needs no care.
extension FakeStore: StoreCare, Retention, Erasure {
    func figures() async throws -> StoreFigures {
        StoreFigures(bytes: 40_960, freeBytes: 4096, logBytes: 8192, diskFreeBytes: 1 << 40)
    }
    func truncateLog() async throws -> Bool { true }
    func backUp(to path: String) async throws -> BackupReport {
        BackupReport(bytes: 40_960, events: 2, newestEvent: EventID(2), unfinished: 1)
    }
    func sealing() async throws -> SealingReport {
        SealingReport(sealingKey: nil, rows: [:], plain: 2, plainSearchKeys: 0)
    }
    func reseal(from position: ResealPosition?, limit: Int) async throws -> ResealPage {
        ResealPage(changed: 0, unreadable: [], next: nil)
    }

    func purge(_ rules: RetentionRules, now: Timestamp, limit: Int) async throws -> PurgeCount { PurgeCount() }
    func release() async throws -> Int { 0 }

    func holdings(of subject: SearchKey) async throws -> ErasureCount {
        ErasureCount(events: with(\.appended.count), links: 1)
    }
    func erase(_ order: ErasureOrder) async throws -> ErasureRecord {
        let record = ErasureRecord(
            id: 1, act: order.act, kind: order.subject.kind, hash: order.hash,
            count: try await holdings(of: order.subject))
        with { $0.erasures.append(record) }
        return record
    }
    func erasures(limit: Int) async throws -> [ErasureRecord] { with(\.erasures) }
    func erasureSalt() async throws -> [UInt8] { [1, 2, 3] }
}

import Foundation
import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

@Suite("Power loss, which leaves what was synced and any part of the rest", .serialized)
struct PowerLossTests {
    /// What was going on when the power failed.
    enum Moment: CaseIterable {
        /// Tables being made.
        case firstStart
        /// Pages written to the database file, not synced.
        case checkpoint
        /// Pages written to the log, not synced.
        case commit
        case rest
    }

    private struct Cut {
        let moment: Moment
        /// Operations that had happened.
        let after: Int
    }

    private static let cutsOfEachMoment = 40

    @Test("no acknowledged event, and no concluded step, is lost or half there", arguments: [1, 2, 3] as [UInt64])
    func nothingLost(seed: UInt64) async throws {
        try await withMemoryFolder { folder in
            let workload = PowerLossWorkload(folder: folder, seed: seed)
            let operations = try await workload.record()
            var dice = SplitMix(seed: seed)
            let cuts = Self.cuts(of: operations, &dice)
            for moment in Moment.allCases {
                // A moment that never came would prove nothing.
                #expect(cuts.count { $0.moment == moment } >= 10, "\(moment)")
            }
            try await Self.replay(operations, cuts, workload, &dice) { cut, loss in
                #expect(
                    loss.isEmpty, "seed \(seed), \(cut.moment), after operation \(cut.after) of \(operations.count)")
                return true
            }
        }
    }

    @Test("the same cuts lose acknowledged events when the log is not synced", arguments: ["NORMAL", "OFF"])
    func counterProof(synchronous: String) async throws {
        try await withMemoryFolder { folder in
            var workload = PowerLossWorkload(folder: folder, seed: 1)
            workload.durability.statements = ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = \(synchronous)"]
            workload.durability.expected = []
            let operations = try await workload.record()
            var dice = SplitMix(seed: 1)
            var hasLost = false
            try await Self.replay(operations, Self.cuts(of: operations, &dice), workload, &dice) { _, loss in
                hasLost = loss.contains { $0.hasSuffix("is lost") }
                return !hasLost
            }
            #expect(hasLost)
        }
    }

    /// Some moments of each kind, in order.
    private static func cuts(of operations: [FileOperation], _ dice: inout SplitMix) -> [Cut] {
        var world = TwoWorlds()
        var isFirstStart = true
        var cuts: [Cut] = []
        for (index, operation) in operations.enumerated() {
            world.apply(operation)
            if case .mark = operation { isFirstStart = false }
            let unsynced = world.unsynced
            let moment: Moment =
                isFirstStart
                ? .firstStart
                : unsynced.contains(PowerLossWorkload.name) ? .checkpoint : unsynced.isEmpty ? .rest : .commit
            cuts.append(Cut(moment: moment, after: index + 1))
        }
        cuts.shuffle(using: &dice)
        return Moment.allCases.flatMap { moment in cuts.filter { $0.moment == moment }.prefix(cutsOfEachMoment) }
            .sorted { $0.after < $1.after }
    }

    /// - Parameter judge: Gets what is missing or wrong after each cut, in words; `false` ends the replay.
    private static func replay(
        _ operations: [FileOperation], _ cuts: [Cut], _ workload: PowerLossWorkload, _ dice: inout SplitMix,
        _ judge: (Cut, [String]) throws -> Bool
    ) async throws {
        var world = TwoWorlds()
        var promised: [Int] = []
        var happened = 0
        for cut in cuts {
            for operation in operations[happened..<cut.after] {
                world.apply(operation)
                if case .mark(let value) = operation { promised.append(value) }
            }
            happened = cut.after
            let survivors = world.survivors(&dice)
            let loss = try await withMemoryFolder { folder in
                for (name, bytes) in survivors { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
                return await missing(promised, in: folder, workload)
            }
            guard try judge(cut, loss) else { return }
        }
    }

    private static func missing(_ promised: [Int], in folder: URL, _ workload: PowerLossWorkload) async -> [String] {
        let found: Found
        do {
            let store = try SQLiteStore.open(
                path: folder.appendingPathComponent(PowerLossWorkload.name).path, logger: silent)
            found = try await store.read(Found.init)
            _ = try await store.append(.sample(key: "after the power came back"))
            await store.close()
        } catch {
            return ["the store cannot be used: \(error)"]
        }
        var wrong = found.problems
        for (number, body) in found.bodies where body != workload.events[number].body {
            wrong.append("event \(number) has another body")
        }
        for mark in promised {
            let number = mark % PowerLossWorkload.linkMark
            if mark < PowerLossWorkload.linkMark {
                if found.bodies[number] == nil { wrong.append("event \(number) is lost") }
            } else if !found.links.contains(number) {
                wrong.append("the link of event \(number) is lost")
            }
        }
        return wrong
    }
}

/// What a store holds.
private struct Found {
    var bodies: [Int: [UInt8]] = [:]
    var links: Set<Int> = []
    var problems: [String] = []

    init(_ db: Database) throws {
        let events = try Row.fetchAll(
            db,
            sql: """
                SELECT e.subject, e.body_bytes, b.bytes,
                       (SELECT count(*) FROM delivery WHERE event_id = e.id) AS count
                  FROM event e LEFT JOIN body b ON b.event_id = e.id
                """)
        for row in events {
            let subject: String = row["subject"]
            guard let number = Int(subject), let body = row["bytes"] as Data?, row["count"] as Int == 1,
                body.count == row["body_bytes"] as Int
            else {
                problems.append("event \(subject) is half there")
                continue
            }
            bodies[number] = [UInt8](body)
        }
        links = Set(
            try String.fetchAll(db, sql: "SELECT key FROM link WHERE value = 'SO-' || key").compactMap(Int.init))
        let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check")
        if integrity != ["ok"] { problems += integrity }
    }
}

/// Like `withFolder`, but in memory where there is such a place: what counts as synced is decided by the record, and
/// a real sync of hundreds of stores would only take time.
private func withMemoryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let memory = URL(fileURLWithPath: "/dev/shm")
    guard FileManager.default.isWritableFile(atPath: memory.path) else { return try await withFolder(body) }
    let folder = memory.appendingPathComponent("causeway-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

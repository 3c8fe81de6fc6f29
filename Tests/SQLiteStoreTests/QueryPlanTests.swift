import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

/// A look-up that must not scan, and the index that it must take.
struct Plan: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let sql: String
    let index: String

    init(_ testDescription: String, _ sql: String, by index: String) {
        self.testDescription = testDescription
        self.sql = sql
        self.index = "INDEX \(index)"
    }

    /// For tables without a rowid.
    init(_ testDescription: String, _ sql: String, primaryKey table: String) {
        self.testDescription = testDescription
        self.sql = sql
        self.index = "SEARCH \(table) USING PRIMARY KEY"
    }

    static let all = [
        Plan("claim", Claiming.due, by: "delivery_due"),
        Plan("next due", Claiming.nextDue, by: "delivery_due"),
        Plan("rescue", Rescuing.lost, by: "delivery_running"),
        Plan("prolong leases", Rescuing.prolong, by: "delivery_running"),
        Plan("head of a subject", SubjectHeads.SQL.head, by: "delivery_head"),
        Plan("next of a subject", SubjectHeads.SQL.firstBehind, by: "delivery_behind_head"),
        Plan("oldest of a lane", LaneRows.first, by: "delivery_in_state"),
        Plan("events in a state", EventSearch.inState, by: "delivery_in_state"),
        Plan("events of a subject", EventSearch.newestOfSubject, by: "event_of_subject"),
        Plan("deliveries of an event", EventRows.deliveries, by: "delivery_of_event"),
        Plan("link by its far key", Links.key, by: "link_back"),
        Plan("links of a delivery", Links.ofDelivery, by: "link_of_delivery"),
        Plan("due jobs", JobRows.due, by: "data_job_due"),
        Plan("next due job", JobRows.nextDue, by: "data_job_due"),
        Plan("jobs in a state", JobRows.inState, by: "data_job_in_state"),
        Plan("jobs to forget", JobRows.forget, by: "data_job_finished"),
        Plan("what waits for a value", Values.free, by: "delivery_waits_for"),
        Plan("which values are waited for", Values.waitedFor, by: "delivery_waits_for"),
        Plan("how many wait for a value", Values.awaited, by: "delivery_waits_for"),
        Plan("what runs while values change", Values.markRunning, by: "delivery_running"),
        Plan("newer of a subject", Superseding.newer, by: "delivery_latest_wins"),
        Plan("what a newer one ends", Superseding.supersede, by: "delivery_latest_wins"),
        Plan("bulk work of a subject", SubjectHeads.SQL.hurry, by: "delivery_bulk"),
        Plan("live work of a subject", Intervention.live, by: "delivery_behind_head"),
        Plan("what an edited copy ends", Resending.supersede, by: "delivery_of_event"),
        Plan("earlier copies at work", Resending.running, by: "event_edited_from"),
        Plan("selection in a lane", SelectionSQL.inLane.events, by: "delivery_in_state"),
        Plan("count in a lane", SelectionSQL.inLane.count, by: "delivery_in_state"),
        Plan("selection of a subject", SelectionSQL.ofSubject.events, by: "event_of_subject"),
        Plan("selection of an event", SelectionSQL.deliveries, by: "delivery_of_event"),
        Plan("acts on an event", Acts.onEvent, primaryKey: "t"),
        Plan("events by a key", SearchKeys.find, primaryKey: "search_key"),
        Plan("events with the same number", Trace.withSameNumber, by: "search_key_of_event"),
        Plan("search keys in clear text", Rehashing.plainSearchKeys, by: "search_key_of_event"),
        Plan("events with the same subject", Trace.withSameSubject, by: "event_of_subject"),
    ]
}

@Test("Look-ups take their index, and sort nothing", arguments: Plan.all)
func takesIndex(_ plan: Plan) async throws {
    try await withStore { store in
        try await store.fill(events: 2_000)
        let steps = try await store.plan(of: plan.sql)
        #expect(steps.contains { $0.contains(plan.index) }, "\(steps)")
        #expect(!steps.contains { $0.contains("USE TEMP B-TREE FOR ORDER BY") }, "\(steps)")
        #expect(
            !steps.contains { $0.hasPrefix("SCAN") && $0 != "SCAN CONSTANT ROW" && !$0.contains("USING") }, "\(steps)"
        )
    }
}

@Test("A claim among 10,000 events takes its index, whatever the statistics say")
func claimAmongMany() async throws {
    try await withStore { store in
        try await store.fill(events: 10_000)
        for _ in 0..<2 {
            let steps = try await store.plan(of: Claiming.due)
            #expect(steps.first?.contains("delivery_due (lane=? AND is_bulk=? AND due_at_ms<?)") == true, "\(steps)")
            #expect(!steps.contains { $0.contains("TEMP B-TREE") })
            try await store.committer.perform(.bookkeeping) { try $0.execute(sql: "ANALYZE") }
        }
        #expect(try await store.claim(limit: 16).count == 16)
    }
}

extension SQLiteStore {
    /// Many at once, so that it takes a few transactions only.
    fileprivate func fill(events: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<events {
                if number >= 500 { try await group.next() }
                group.addTask { _ = try await self.append(.sample("order \(number)", key: "\(number)")) }
            }
            try await group.waitForAll()
        }
    }

    fileprivate func plan(of sql: String) async throws -> [String] {
        try await committer.perform(.bookkeeping) { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            statement.setUncheckedArguments(StatementArguments())
            return try Row.fetchAll(statement).map { $0["detail"] }
        }
    }
}

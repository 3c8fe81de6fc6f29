import Cryptography
import Foundation
import Logging
import Relay
import SQLiteStore

/// A store with many undelivered events, and what it costs to take one of them.
struct RelayBacklog {
    let folder: String
    let count: Int

    private static let lane = "dynamics/OrderToSalesOrder"
    private static let bodyBytes = 2048
    private static let rounds = 300
    private static let claimsPerRound = 8

    private var path: String { folder + "/causeway.db" }

    func fill() async throws {
        let store = try open()
        // One that the flow can read: anything else is parked without a call, and the backlog would melt away while
        // the far side is down.
        var order = OrderTemplate(signer: .hmac(key: []), host: "", size: Self.bodyBytes, keepsAlive: true)
        order.number = 1
        let body = order.body
        _ = try await store.append(
            NewEvent(
                source: "commerce", kind: "order", subject: "order 000000000001", dedupKey: "order 000000000001",
                receivedAt: SystemClock().now(), body: body, bodyDigest: SHA256.hash(body),
                routes: [Route(flow: "OrderToSalesOrder", lane: Self.lane)]))
        await store.close()
        try Backlog.fill(storeAt: path, count: count)
    }

    /// Claims, as a lane with hands free does, each followed by the outcomes.
    func claims() async throws -> RelayReport.Claims {
        let store = try open()
        var claiming = LatencyHistogram()
        var looking = LatencyHistogram()
        let clock = SystemClock()
        for _ in 0..<min(Self.rounds, count / Self.claimsPerRound / 2) {
            let start = monotonicNanoseconds()
            let claims = try await store.claim(
                lane: Self.lane, limit: Self.claimsPerRound, bulkLimit: 0, owner: "bench", now: clock.now(),
                leaseUntil: clock.now() + .seconds(60))
            claiming.record(nanoseconds: monotonicNanoseconds() - start)
            let record = AttemptRecord(startedAt: clock.now(), finishedAt: clock.now(), exchanges: [])
            for claim in claims { _ = try await store.finish(claim.lease, .done(summary: nil), record) }
            let look = monotonicNanoseconds()
            _ = try await store.nextDue(lane: Self.lane)
            looking.record(nanoseconds: monotonicNanoseconds() - look)
        }
        await store.close()
        return RelayReport.Claims(waiting: count, claim: claiming, nextDue: looking)
    }

    private func open() throws -> SQLiteStore {
        try SQLiteStore.open(
            path: path, logger: Logger(label: "bench", factory: { StreamLogHandler.standardError(label: $0) }))
    }
}

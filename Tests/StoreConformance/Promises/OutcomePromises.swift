import Relay
import Testing

extension StorePromise {
    static let outcomes: [StorePromise] = [
        StorePromise("ends as done, with what came of it") { store in
            let ids = try await store.append("a")
            let claim = try await store.claimOne()
            #expect(try await store.finish(claim.lease, .done(summary: "SO-004512"), .sample(at: 20)) != nil)
            let delivery = try await store.deliveries(of: ids[0])[0]
            #expect(delivery.state == .done && delivery.summary == "SO-004512" && delivery.reason == nil)
            #expect(delivery.finishedAt == at(21) && delivery.attempt == 1 && delivery.failures == 0)
        },
        StorePromise("tries again when it is due, and counts the failure") { store in
            let ids = try await store.append("a")
            try await store.finish(store.claimOne(), .retry(at: at(100), unknownItem))
            let delivery = try await store.deliveries(of: ids[0])[0]
            #expect(delivery.state == .waiting && delivery.dueAt == at(100))
            #expect(delivery.failures == 1 && delivery.reason == unknownItem && delivery.finishedAt == nil)
            #expect(try await store.nextDue(lane: orders.lane) == at(100))
            #expect(try await store.claim(at: 99).isEmpty)
            let second = try await store.claimOne(at: 100)
            #expect(second.lease.attempt == 2 && second.failures == 1)
            #expect(try await store.deliveries(of: ids[0])[0].reason == nil)
        },
        StorePromise("holds a delivery until its destination takes calls again, and counts no failure") { store in
            let ids = try await store.append("a", "b")
            let down = Reason(code: "breaker-open", message: "F&O takes no calls.")
            let finished = try await store.finish(
                store.claimOne().lease, .held(until: at(100), down), .sample(at: 11))
            #expect(finished == Finished(outcome: .held(until: at(100), down), freedLane: nil))
            let delivery = try await store.deliveries(of: ids[0])[0]
            #expect(delivery.state == .waiting && delivery.dueAt == at(100) && delivery.reason == down)
            #expect(delivery.failures == 0 && delivery.attempt == 1)
            #expect(try await store.claim(at: 99).isEmpty)
            let second = try await store.claimOne(at: 100)
            #expect(second.event.id == ids[0] && second.failures == 0 && second.lease.attempt == 2)
        },
        StorePromise("keeps only the last attempt that was held before any call left, and every other one") { store in
            let exchange = Exchange(
                step: "header", destination: "dynamics", method: "POST", target: "/data/SalesOrderHeadersV2",
                status: 429, sent: nil, received: nil, startedAt: at(5), milliseconds: 12)
            let ids = try await store.append("a")
            for (second, exchanges) in [(20, []), (30, [exchange]), (40, []), (50, [])] as [(Int64, [Exchange])] {
                let claim = try await store.claimOne(at: second)
                _ = try await store.finish(
                    claim.lease, .held(until: at(second + 5), unknownItem), .sample(exchanges: exchanges))
            }
            try await store.finish(store.claimOne(at: 60), .retry(at: at(70), unknownItem))
            let delivery = try #require(try await store.event(ids[0])).deliveries[0]
            #expect(delivery.attempts.map(\.attempt) == [2, 4, 5])
            #expect(delivery.overview.attempt == 5)
        },
        StorePromise("ends as superseded where a flow says so, and goes on with the next") { store in
            let ids = try await store.append("a", "b")
            let finished = try await store.finish(
                store.claimOne().lease, .superseded(unknownItem), .sample(at: 11))
            #expect(finished?.freedLane == orders.lane)
            #expect(try await store.state(of: ids[0]) == .superseded)
            #expect(try await store.claimOne().event.id == ids[1])
        },
        StorePromise("says in which lane the next of the subject waits") { store in
            try await store.append("a", route: orders)
            try await store.append("b", route: invoices)
            let first = try await store.claimOne(orders)
            #expect(try await store.finish(first.lease, .done(summary: nil), .sample())?.freedLane == invoices.lane)
            let last = try await store.claimOne(invoices)
            let finished = try #require(try await store.finish(last.lease, .done(summary: nil), .sample()))
            #expect(finished.freedLane == nil)
        },
        StorePromise("parks with a reason") { store in
            let ids = try await store.append("a")
            try await store.finish(store.claimOne(), .parked(unknownItem))
            let delivery = try await store.deliveries(of: ids[0])[0]
            #expect(delivery.state == .parked && delivery.reason == unknownItem && delivery.finishedAt == nil)
        },
        StorePromise("skips with a reason, and goes on with the next") { store in
            let ids = try await store.append("a", "b")
            try await store.finish(store.claimOne(), .skipped(unknownItem))
            let delivery = try await store.deliveries(of: ids[0])[0]
            #expect(delivery.state == .skipped && delivery.reason == unknownItem && delivery.finishedAt != nil)
            #expect(try await store.claimOne().event.id == ids[1])
        },
        StorePromise("writes every attempt to the audit trail, in order") { store in
            let exchange = Exchange(
                step: "header", destination: "dynamics", method: "POST", target: "/data/SalesOrderHeadersV2",
                status: 400, sent: "{\"ä\":1}", received: "{}", startedAt: at(5), milliseconds: 12)
            let ids = try await store.append("a")
            let first = try await store.claimOne()
            _ = try await store.finish(first.lease, .retry(at: at(20), unknownItem), .sample(exchanges: [exchange]))
            let second = try await store.claimOne(owner: "you", at: 20)
            _ = try await store.finish(second.lease, .done(summary: nil), .sample(at: 21))
            #expect(
                try #require(try await store.event(ids[0])).deliveries[0].attempts == [
                    AttemptDetail(
                        attempt: 1, owner: "me", state: .waiting, reason: unknownItem,
                        record: .sample(exchanges: [exchange])),
                    AttemptDetail(attempt: 2, owner: "you", state: .done, reason: nil, record: .sample(at: 21)),
                ])
        },
    ]
}

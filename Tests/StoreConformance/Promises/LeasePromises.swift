import Relay
import Testing

extension StorePromise {
    static let leases: [StorePromise] = [
        StorePromise("lets a late finisher write nothing") { store in
            let ids = try await store.append("a", "b")
            let late = try await store.claimOne(at: 10)
            #expect(try await store.rescue(now: at(70), owner: "me", otherOwners: false) == 1)
            let second = try await store.claimOne(at: 71)
            #expect(try await !store.finish(late, .done(summary: "late"), at: 72))
            #expect(second.lease.attempt == late.lease.attempt + 1)
            #expect(try await store.state(of: ids[0]) == .running)
            #expect(try await store.finish(second, .done(summary: "second"), at: 73))
            #expect(try await store.deliveries(of: ids[0])[0].summary == "second")
            let attempts = try #require(try await store.event(ids[0])).deliveries[0].attempts
            #expect(attempts.map(\.state) == [.ready, .done])
        },
        StorePromise("lets nobody finish twice") { store in
            try await store.append("a", "b")
            let claim = try await store.claimOne()
            #expect(try await store.finish(claim, .done(summary: nil)))
            #expect(try await !store.finish(claim, .parked(unknownItem)))
            #expect(try await store.claim().count == 1)
        },
        StorePromise("lets another owner finish nothing") { store in
            let ids = try await store.append("a")
            var lease = try await store.claimOne().lease
            lease.owner = "somebody else"
            #expect(try await store.finish(lease, .done(summary: nil), .sample()) == nil)
            #expect(try await store.state(of: ids[0]) == .running)
        },
        StorePromise("lets who lost the lease write no step and no link") { store in
            try await store.append("a")
            let late = try await store.claimOne(at: 10).lease
            try await store.rescue(now: at(70), owner: "me", otherOwners: false)
            _ = try await store.claimOne(at: 71)
            let link = Link(key: LinkKey(kind: "order", scope: "usmf", key: "42"), value: "SO-1")
            await #expect(throws: LeaseLost(lease: late)) {
                try await store.intend(late, step: "header", at: at(72))
            }
            await #expect(throws: LeaseLost(lease: late)) {
                try await store.conclude(late, step: "header", result: [1], link: link, fingerprint: nil, at: at(72))
            }
            #expect(try await store.steps(of: late.delivery).isEmpty)
            #expect(try await store.value(of: link.key) == nil)
        },
        StorePromise("rescues what outlived its lease, due at once, without counting a failure") { store in
            let ids = try await store.append("a", "b")
            let first = try await store.claimOne(at: 10)
            #expect(try await store.rescue(now: at(69), owner: "me", otherOwners: false) == 0)
            #expect(try await store.rescue(now: at(70), owner: "me", otherOwners: false) == 1)
            #expect(try await store.nextDue(lane: orders.lane) == at(70))
            let detail = try #require(try await store.event(ids[0])).deliveries[0]
            #expect(detail.overview.state == .ready && detail.overview.failures == 0)
            #expect(detail.attempts.map(\.reason?.code) == ["interrupted"])
            #expect(detail.attempts.map(\.owner) == ["me"])
            #expect(detail.attempts[0].record == AttemptRecord(startedAt: at(10), finishedAt: at(70), exchanges: []))
            #expect(try await store.claimOne(at: 70).lease.attempt == first.lease.attempt + 1)
        },
        StorePromise("rescues at start what other owners held, and leaves one's own alone") { store in
            for number in 1...3 { try await store.append("\(number)", subject: "order \(number)") }
            _ = try await store.claim(limit: 2, owner: "dead")
            _ = try await store.claim(limit: 1, owner: "me")
            #expect(try await store.rescue(now: at(11), owner: "me", otherOwners: true) == 2)
            #expect(try await store.claim(at: 11).map(\.lease.attempt) == [2, 2])
        },
        StorePromise("brings forward at start what a clock set back since has left in the future") { store in
            let reason = Reason(code: "busy", message: "Busy.")
            _ = try await store.append(.sample("order 1", key: "waits", at: 18_000))
            let claim = try await store.claimOne(at: 18_000)
            #expect(try await store.finish(claim, .retry(at: at(18_062), reason), at: 18_001))
            _ = try await store.append(.sample("order 2", key: "ready", at: 18_010))
            try await store.rescue(now: at(5), owner: "me", otherOwners: true)
            #expect(try await store.claim(at: 5).map(\.event.subject) == ["order 2"])
            #expect(try await store.nextDue(lane: orders.lane) == at(5 + 60))
        },
        StorePromise("leaves at start what waits for its time, if the clock was not set back") { store in
            _ = try await store.append(.sample("order 1", key: "waits", at: 10))
            let claim = try await store.claimOne(at: 10)
            #expect(try await store.finish(claim, .retry(at: at(72), Reason(code: "busy", message: "Busy.")), at: 11))
            try await store.rescue(now: at(20), owner: "me", otherOwners: true)
            #expect(try await store.nextDue(lane: orders.lane) == at(72))
        },
        StorePromise("prolongs the leases of one owner") { store in
            for number in 1...2 { try await store.append("\(number)", subject: "order \(number)") }
            _ = try await store.claim(limit: 1, owner: "alive", at: 10)
            _ = try await store.claim(limit: 1, owner: "stuck", at: 10)
            try await store.extendLeases(owner: "alive", until: at(200))
            #expect(try await store.rescue(now: at(199), owner: "me", otherOwners: false) == 1)
            #expect(try await store.rescue(now: at(200), owner: "me", otherOwners: false) == 1)
        },
    ]
}

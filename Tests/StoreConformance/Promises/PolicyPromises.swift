import Relay
import Testing

extension StorePromise {
    static let policies: [StorePromise] = latestWins + parkedLetsPass + bulk

    private static let latestWins: [StorePromise] = [
        StorePromise("ends what a newer event makes superfluous, and names the newer one") { store in
            let ids = try await store.append("a", "b", "c", route: stock)
            let older = try await store.deliveries(of: ids[0])[0]
            #expect(older.state == .superseded && older.reason?.code == "superseded" && older.finishedAt == at(0))
            #expect(older.reason?.message.contains("\(ids[1])") == true)
            #expect(try await store.state(of: ids[1]) == .superseded)
            #expect(try await store.claimOne(stock).event.id == ids[2])
        },
        StorePromise("supersedes what waits and what is parked as well") { store in
            let ids = try await store.append("a", route: stock)
            try await store.finish(store.claimOne(stock), .retry(at: at(100), unknownItem))
            let second = try await store.append("b", route: stock)
            #expect(try await store.state(of: ids[0]) == .superseded)
            try await store.finish(store.claimOne(stock), .parked(unknownItem))
            let third = try await store.append("c", route: stock)
            #expect(try await store.state(of: second[0]) == .superseded)
            #expect(try await store.claimOne(stock).event.id == third[0])
        },
        StorePromise("leaves a running one alone when a newer event comes, and hands that out next") { store in
            let ids = try await store.append("a", route: stock)
            let running = try await store.claimOne(stock)
            let newer = try await store.append("b", route: stock)
            #expect(try await store.state(of: ids[0]) == .running)
            #expect(try await store.claim(stock).isEmpty)
            try await store.finish(running, .done(summary: nil))
            #expect(try await store.state(of: ids[0]) == .done)
            #expect(try await store.claimOne(stock).event.id == newer[0])
        },
        StorePromise("ends a running one that fails, is held or is parked while a newer one is there") { store in
            let outcomes: [Outcome] = [
                .retry(at: at(100), unknownItem), .held(until: at(100), unknownItem), .parked(unknownItem),
            ]
            for (number, outcome) in outcomes.enumerated() {
                let subject = "stock \(number)"
                let ids = try await store.append("\(number) a", subject: subject, route: stock)
                let running = try await store.claimOne(stock)
                let newer = try await store.append("\(number) b", subject: subject, route: stock)
                let finished = try #require(try await store.finish(running.lease, outcome, .sample(at: 11)))
                #expect(finished.outcome.state == .superseded && finished.freedLane == stock.lane)
                #expect(finished.outcome.reason?.message.contains("\(newer[0])") == true)
                let older = try #require(try await store.event(ids[0])).deliveries[0]
                #expect(older.overview.state == .superseded && older.overview.failures == 0)
                #expect(older.attempts.map(\.state) == [.superseded])
                let claim = try await store.claimOne(stock)
                #expect(claim.event.id == newer[0])
                try await store.finish(claim, .done(summary: nil))
            }
        },
        StorePromise("lets one that fails wait as ever while nothing newer is there") { store in
            let ids = try await store.append("a", route: stock)
            let finished = try await store.finish(
                store.claimOne(stock).lease, .retry(at: at(100), unknownItem), .sample(at: 11))
            #expect(finished?.outcome == .retry(at: at(100), unknownItem))
            #expect(try await store.state(of: ids[0]) == .waiting)
        },
        StorePromise("supersedes within one flow and one subject only") { store in
            let order = try await store.append("a", route: orders)
            let other = try await store.append("b", subject: "order 7", route: stock)
            try await store.append("c", "d", route: stock)
            #expect(try await store.state(of: order[0]) == .ready)
            #expect(try await store.state(of: other[0]) == .ready)
            #expect(try await store.claimOne(orders).event.id == order[0])
        },
        StorePromise("hands the head on when a newer event ends it") { store in
            _ = try await store.append(.sample(key: "a", routes: [stock]))
            let middle = try await store.append("b", route: orders)
            let newest = try await store.append("c", route: stock)
            #expect(try await store.claim(stock).isEmpty)
            let claim = try await store.claimOne(orders)
            #expect(claim.event.id == middle[0])
            try await store.finish(claim, .done(summary: nil))
            #expect(try await store.claimOne(stock).event.id == newest[0])
        },
        StorePromise("never brings back what was superseded") { store in
            let ids = try await store.append("a", "b", route: stock)
            #expect(try await store.replay(ids[0]).isEmpty)
            #expect(try await store.skip(ids[0]).isEmpty)
            #expect(try await store.state(of: ids[0]) == .superseded)
        },
    ]

    private static let parkedLetsPass: [StorePromise] = [
        StorePromise("lets others pass a parked delivery where the policy says so") { store in
            let ids = try await store.append("a", "b", route: prices)
            let finished = try await store.finish(
                store.claimOne(prices).lease, .parked(unknownItem), .sample(at: 11))
            #expect(finished?.freedLane == prices.lane)
            #expect(try await store.state(of: ids[0]) == .parked)
            #expect(try await store.claimOne(prices).event.id == ids[1])
        },
        StorePromise("makes what comes after a parked delivery that lets pass the head at once") { store in
            try await store.append("a", route: prices)
            try await store.finish(store.claimOne(prices), .parked(unknownItem))
            let later = try await store.append("b", route: orders)
            #expect(try await store.claimOne(orders).event.id == later[0])
        },
        StorePromise("puts a parked delivery that let others pass back in its place when it is replayed") { store in
            let ids = try await store.append("a", "b", "c", route: prices)
            try await store.finish(store.claimOne(prices), .parked(unknownItem))
            #expect(try await store.replay(ids[0], in: [.parked]).count == 1)
            for id in ids {
                let claim = try await store.claimOne(prices, at: 20)
                #expect(claim.event.id == id)
                try await store.finish(claim, .done(summary: nil))
            }
        },
        StorePromise("holds the subject for a delivery that waits, whatever is parked") { store in
            let ids = try await store.append("a", "b", "c", route: prices)
            try await store.finish(store.claimOne(prices), .parked(unknownItem))
            try await store.finish(store.claimOne(prices), .retry(at: at(100), unknownItem))
            #expect(try await store.claim(prices, at: 99).isEmpty)
            #expect(try await store.claimOne(prices, at: 100).event.id == ids[1])
        },
        StorePromise("skips a parked delivery that let others pass without touching the queue") { store in
            let ids = try await store.append("a", "b", "c", route: prices)
            try await store.finish(store.claimOne(prices), .parked(unknownItem))
            let running = try await store.claimOne(prices)
            #expect(try await store.skip(ids[0]).count == 1)
            #expect(try await store.claim(prices).isEmpty)
            try await store.finish(running, .done(summary: nil))
            #expect(try await store.claimOne(prices).event.id == ids[2])
        },
    ]

    private static let bulk: [StorePromise] = [
        StorePromise("hands out live deliveries before bulk ones, however long these are due") { store in
            let old = try await store.doneAndReplayedInBulk(1...3)
            let live = try await store.append("live", subject: "order 9")
            let claims = try await store.claim(limit: 2, at: 100)
            #expect(claims.map(\.event.id) == [live[0], old[0]])
            #expect(claims.map(\.isBulk) == [false, true])
        },
        StorePromise("hands out no more bulk deliveries than asked for") { store in
            let old = try await store.doneAndReplayedInBulk(1...3)
            func claim(_ limit: Int, bulk: Int) async throws -> [EventID] {
                try await store.claim(
                    lane: orders.lane, limit: limit, bulkLimit: bulk, owner: "me", now: at(100), leaseUntil: at(160)
                ).map(\.event.id)
            }
            #expect(try await claim(5, bulk: 0).isEmpty)
            #expect(try await store.nextDue(lane: orders.lane) == at(20))
            #expect(try await claim(5, bulk: 2) == Array(old[..<2]))
            #expect(try await claim(1, bulk: 5) == [old[2]])
        },
        StorePromise("lets no live delivery wait behind bulk work of its subject") { store in
            let old = try await store.doneAndReplayedInBulk(1...2)
            _ = try await store.append("live", subject: "order 1")
            let claims = try await store.claim(at: 100)
            #expect(claims.map(\.event.id) == old)
            #expect(claims.map(\.isBulk) == [false, true])
        },
        StorePromise("carries a bulk replay as live work where live work of its subject waits") { store in
            let ids = try await store.append("a", "b")
            try await store.finish(store.claimOne(), .done(summary: nil))
            _ = try await store.replay(
                .of(ids[0], in: [.done]), isBulk: true, act: .sample(), after: nil, limit: 1)
            let claim = try await store.claimOne(at: 20)
            #expect(claim.event.id == ids[0] && !claim.isBulk)
        },
        StorePromise("forgets that a delivery was bulk work when it is replayed on its own") { store in
            let old = try await store.doneAndReplayedInBulk(1...1)
            try await store.finish(store.claimOne(at: 20), .done(summary: nil))
            try await store.replay(old[0], at: 30)
            #expect(try await !store.claimOne(at: 30).isBulk)
        },
    ]
}

extension DeliveryQueue where Self: EventLog & Repair {
    /// Events of as many subjects, carried, then replayed as bulk work at second 20.
    fileprivate func doneAndReplayedInBulk(_ numbers: ClosedRange<Int>) async throws -> [EventID] {
        var ids: [EventID] = []
        for number in numbers { ids += try await append("\(number)", subject: "order \(number)") }
        for claim in try await claim() { try await finish(claim, .done(summary: nil)) }
        _ = try await replay(EventSelection(), isBulk: true, act: .sample(at: 20), after: nil, limit: 100)
        return ids
    }
}

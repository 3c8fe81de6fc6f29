import Relay
import Testing

extension StorePromise {
    static let order: [StorePromise] = [
        StorePromise("hands out one delivery of a subject at a time, in order of arrival") { store in
            let ids = try await store.append("a", "b", "c")
            for id in ids {
                let claim = try await store.claimOne()
                #expect(claim.event.id == id)
                #expect(try await store.claim().isEmpty)
                try await store.finish(claim, .done(summary: nil))
            }
            #expect(try await store.claim().isEmpty)
        },
        StorePromise("keeps a subject's order across lanes") { store in
            try await store.append("a", route: orders)
            try await store.append("b", route: invoices)
            #expect(try await store.claim(invoices).isEmpty)
            #expect(try await store.nextDue(lane: invoices.lane) == nil)
            try await store.finish(store.claimOne(orders), .done(summary: nil))
            #expect(try await store.claim(invoices).count == 1)
        },
        StorePromise("keeps the order of an event's own routes") { store in
            _ = try await store.append(.sample(key: "a", routes: [orders, invoices, orders]))
            for lane in [orders, invoices, orders] {
                let claim = try await store.claimOne(lane)
                #expect(try await store.claim(orders).isEmpty)
                #expect(try await store.claim(invoices).isEmpty)
                try await store.finish(claim, .done(summary: nil))
            }
        },
        StorePromise("hands out different subjects side by side, the longest due first") { store in
            for (number, second) in [(1, 5), (2, 3), (3, 4)] as [(Int, Int64)] {
                _ = try await store.append(.sample("order \(number)", key: "\(number)", at: second))
            }
            #expect(try await store.claim(limit: 2).map(\.event.subject) == ["order 2", "order 3"])
            #expect(try await store.claim(limit: 2).map(\.event.subject) == ["order 1"])
        },
        StorePromise("hands out nothing before it is due, and says when that is") { store in
            _ = try await store.append(.sample(key: "a", at: 30))
            #expect(try await store.claim(at: 29).isEmpty)
            #expect(try await store.nextDue(lane: orders.lane) == at(30))
            #expect(try await store.claim(at: 30).count == 1)
            #expect(try await store.nextDue(lane: orders.lane) == nil)
        },
        StorePromise("hands out nothing of another lane, and nothing for a limit of 0") { store in
            try await store.append("a")
            #expect(try await store.claim(invoices).isEmpty)
            #expect(try await store.claim(limit: 0).isEmpty)
            #expect(try await store.claim(limit: 1).count == 1)
        },
        StorePromise("lets a waiting head hold its subject") { store in
            try await store.append("a", "b")
            try await store.finish(store.claimOne(), .retry(at: at(100), unknownItem))
            #expect(try await store.claim(at: 99).isEmpty)
            #expect(try await store.claimOne(at: 100).failures == 1)
        },
        StorePromise("lets a parked head hold its subject, and no other") { store in
            let ids = try await store.append("a", "b")
            try await store.append("c", subject: "order 43")
            let claims = try await store.claim()
            for claim in claims { try await store.finish(claim, .parked(unknownItem)) }
            #expect(claims.count == 2)
            #expect(try await store.claim(at: 1_000_000).isEmpty)
            #expect(try await store.state(of: ids[1]) == .ready)
            #expect(try await store.nextDue(lane: orders.lane) == nil)
        },
        StorePromise("lets one caller only have a delivery, however many ask at once") { store in
            for number in 0..<40 { try await store.append("\(number)", subject: "order \(number)") }
            let claims = try await withThrowingTaskGroup(of: [Claim].self) { group in
                for owner in 0..<10 {
                    group.addTask { try await store.claim(limit: 7, owner: "owner \(owner)") }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claims.count == 40)
            #expect(Set(claims.map(\.lease.delivery)).count == 40)
        },
    ]
}

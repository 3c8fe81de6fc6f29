import Relay
import Testing

extension StorePromise {
    static let interventions: [StorePromise] = [
        StorePromise("replays a parked delivery with a fresh schedule and its memory") { store in
            let ids = try await store.append("a", "b")
            let claim = try await store.claimOne()
            try await store.conclude(
                claim.lease, step: "customer", result: [1], link: nil, fingerprint: nil, at: at(11))
            try await store.finish(claim, .retry(at: at(12), unknownItem))
            try await store.finish(store.claimOne(at: 12), .parked(unknownItem))
            #expect(try await store.replay(ids[0], in: [.parked, .waiting], at: 50) == [claim.lease.delivery])
            #expect(try await store.claim(at: 49).isEmpty)
            let again = try await store.claimOne(at: 50)
            #expect(again.event.id == ids[0] && again.failures == 0 && again.lease.attempt == 3)
            #expect(try await store.steps(of: claim.lease.delivery).map(\.name) == ["customer"])
        },
        StorePromise("replays a waiting delivery at once") { store in
            let ids = try await store.append("a")
            try await store.finish(store.claimOne(), .retry(at: at(1000), unknownItem))
            #expect(try await store.replay(ids[0], in: [.parked, .waiting], at: 50).count == 1)
            #expect(try await store.claimOne(at: 50).failures == 0)
        },
        StorePromise("replays what is done only if asked to") { store in
            let ids = try await store.append("a")
            try await store.finish(store.claimOne(), .done(summary: "SO-1"))
            #expect(try await store.replay(ids[0], in: [.parked, .waiting], at: 50).isEmpty)
            #expect(try await store.state(of: ids[0]) == .done)
            #expect(try await store.replay(ids[0], at: 50).count == 1)
            let delivery = try await store.deliveries(of: ids[0])[0]
            #expect(delivery.state == .ready && delivery.summary == nil && delivery.finishedAt == nil)
            #expect(try await store.claimOne(at: 50).event.id == ids[0])
        },
        StorePromise("leaves a running delivery alone") { store in
            let ids = try await store.append("a")
            let claim = try await store.claimOne()
            #expect(try await store.replay(ids[0], at: 50).isEmpty)
            #expect(try await store.skip(ids[0], at: 50).isEmpty)
            #expect(try await store.finish(claim, .done(summary: nil)))
        },
        StorePromise("puts a replayed event before the later ones of its subject that wait") { store in
            let ids = try await store.append("a", "b", "c")
            try await store.finish(store.claimOne(), .done(summary: nil))
            try await store.replay(ids[0], at: 20)
            for id in ids {
                let claim = try await store.claimOne(at: 20)
                #expect(claim.event.id == id)
                try await store.finish(claim, .done(summary: nil))
            }
        },
        StorePromise("lets a running delivery finish before an earlier one that was replayed meanwhile") { store in
            let ids = try await store.append("a", "b", "c")
            try await store.finish(store.claimOne(), .done(summary: nil))
            let running = try await store.claimOne()
            try await store.replay(ids[0], at: 20)
            #expect(try await store.claim(at: 20).isEmpty)
            try await store.finish(running, .retry(at: at(20), unknownItem))
            #expect(try await store.claimOne(at: 20).event.id == ids[0])
        },
        StorePromise("lets an earlier event that was replayed go before a parked one") { store in
            let ids = try await store.append("a", "b")
            try await store.finish(store.claimOne(), .skipped(unknownItem))
            try await store.finish(store.claimOne(), .parked(unknownItem))
            try await store.replay(ids[0], at: 20)
            let claim = try await store.claimOne(at: 20)
            #expect(claim.event.id == ids[0])
            try await store.finish(claim, .done(summary: nil))
            #expect(try await store.claim(at: 1000).isEmpty)
            #expect(try await store.state(of: ids[1]) == .parked)
        },
        StorePromise("skips a parked head with a reason, and goes on with the next") { store in
            let ids = try await store.append("a", "b", "c")
            try await store.finish(store.claimOne(), .parked(unknownItem))
            let reason = Reason(code: "skipped-by-operator", message: OperatorAct.sample().why)
            #expect(try await store.skip(ids[0], at: 20).count == 1)
            let delivery = try await store.deliveries(of: ids[0])[0]
            #expect(delivery.state == .skipped && delivery.reason == reason && delivery.finishedAt == at(20))
            #expect(try await store.claimOne(at: 20).event.id == ids[1])
        },
        StorePromise("skips one in the middle without touching the head") { store in
            let ids = try await store.append("a", "b", "c")
            try await store.skip(ids[1], at: 20)
            let claim = try await store.claimOne(at: 20)
            #expect(claim.event.id == ids[0])
            try await store.finish(claim, .done(summary: nil))
            #expect(try await store.claimOne(at: 20).event.id == ids[2])
        },
        StorePromise("skips nothing that is finished, and knows no event that is not there") { store in
            let ids = try await store.append("a")
            try await store.finish(store.claimOne(), .done(summary: nil))
            let nobody = EventID(ids[0].rawValue + 1000)
            #expect(try await store.skip(ids[0], at: 20).isEmpty)
            #expect(try await store.skip(nobody, at: 20).isEmpty)
            #expect(try await store.replay(nobody, at: 20).isEmpty)
            #expect(try await store.event(nobody) == nil)
            #expect(try await store.body(of: nobody) == nil)
        },
        StorePromise("replays all routes of an event in their order") { store in
            let receipt = try await store.append(.sample(key: "a", routes: [orders, invoices]))
            try await store.finish(store.claimOne(orders), .done(summary: nil))
            try await store.finish(store.claimOne(invoices), .done(summary: nil))
            #expect(try await store.replay(receipt.event, at: 20).count == 2)
            #expect(try await store.claim(invoices, at: 20).isEmpty)
            try await store.finish(store.claimOne(orders, at: 20), .done(summary: nil))
            #expect(try await store.claim(invoices, at: 20).count == 1)
        },
        StorePromise("proves that it can write") { store in try await store.probe() },
    ]
}

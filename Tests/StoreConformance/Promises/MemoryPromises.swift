import Relay
import Testing

private let key = LinkKey(kind: "order", scope: "usmf", key: "000000042")

extension StorePromise {
    static let memory: [StorePromise] = [
        StorePromise("remembers an intent without a result") { store in
            try await store.append("a")
            let lease = try await store.claimOne().lease
            try await store.intend(lease, step: "header", at: at(12))
            #expect(try await store.steps(of: lease.delivery) == [StepRecord(name: "header", intendedAt: at(12))])
        },
        StorePromise("writes a step's result and its link together") { store in
            let ids = try await store.append("a")
            let lease = try await store.claimOne().lease
            let link = Link(key: key, value: "SO-004512")
            try await store.intend(lease, step: "header", at: at(12))
            try await store.conclude(
                lease, step: "header", result: Array("\"SO\"".utf8), link: link, fingerprint: nil, at: at(13))
            #expect(
                try await store.steps(of: lease.delivery) == [
                    StepRecord(
                        name: "header", intendedAt: at(12), concludedAt: at(13), result: Array("\"SO\"".utf8))
                ])
            #expect(try await store.value(of: key) == "SO-004512")
            #expect(try await store.key(kind: "order", scope: "usmf", value: "SO-004512") == "000000042")
            #expect(try #require(try await store.event(ids[0])).links == [link])
        },
        StorePromise("remembers a step that had no intent") { store in
            try await store.append("a")
            let lease = try await store.claimOne().lease
            try await store.conclude(lease, step: "write back", result: [1], link: nil, fingerprint: nil, at: at(13))
            #expect(try await store.steps(of: lease.delivery).map(\.concludedAt) == [at(13)])
        },
        StorePromise("keeps steps in the order in which they began, and across attempts") { store in
            try await store.append("a")
            let first = try await store.claimOne()
            for name in ["z", "a", "m"] { try await store.intend(first.lease, step: name, at: at(12)) }
            try await store.conclude(first.lease, step: "z", result: [1], link: nil, fingerprint: nil, at: at(13))
            try await store.finish(first, .retry(at: at(20), unknownItem))
            let second = try await store.claimOne(at: 20)
            try await store.intend(second.lease, step: "a", at: at(21))
            try await store.intend(second.lease, step: "z", at: at(22))
            let steps = try await store.steps(of: second.lease.delivery)
            #expect(steps.map(\.name) == ["z", "a", "m"])
            #expect(steps.map(\.intendedAt) == [at(12), at(21), at(12)])
            #expect(steps.map(\.result) == [[1], nil, nil])
        },
        StorePromise("never turns a link to another value, and writes nothing then") { store in
            for number in 1...2 { try await store.append("\(number)", subject: "order \(number)") }
            let leases = try await store.claim().map(\.lease)
            let link = Link(key: key, value: "SO-1")
            try await store.conclude(leases[0], step: "header", result: [1], link: link, fingerprint: nil, at: at(13))
            await #expect(throws: StoreFault.self) {
                try await store.conclude(
                    leases[1], step: "header", result: [2], link: Link(key: key, value: "SO-2"), fingerprint: nil,
                    at: at(14))
            }
            #expect(try await store.value(of: key) == "SO-1")
            #expect(try await store.steps(of: leases[1].delivery).isEmpty)
            try await store.conclude(leases[1], step: "header", result: [1], link: link, fingerprint: nil, at: at(15))
        },
        StorePromise("keeps links apart by kind and by legal entity") { store in
            try await store.append("a")
            let lease = try await store.claimOne().lease
            try await store.conclude(
                lease, step: "s", result: [1], link: Link(key: key, value: "SO-1"), fingerprint: nil, at: at(13))
            var other = key
            other.scope = "dat"
            #expect(try await store.value(of: other) == nil)
            #expect(try await store.key(kind: "order", scope: "dat", value: "SO-1") == nil)
            #expect(try await store.key(kind: "invoice", scope: "usmf", value: "SO-1") == nil)
        },
    ]
}

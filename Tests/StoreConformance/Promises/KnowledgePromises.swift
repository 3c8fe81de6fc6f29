import Relay
import Testing

private let key = LinkKey(kind: "order", scope: "usmf", key: "000000042")
private let digest = [UInt8](repeating: 1, count: 32)

extension StorePromise {
    static let knowledge: [StorePromise] = versions + fingerprints

    private static let versions: [StorePromise] = [
        StorePromise("hands an event out with its version and the newest that was carried before it") { store in
            for (key, version) in [("a", 100), ("b", nil), ("c", 90), ("d", 110)] as [(String, Int64?)] {
                _ = try await store.append(.sample(key: key, version: version))
            }
            var seen: [[Int64?]] = []
            for _ in 1...4 {
                let claim = try await store.claimOne()
                seen.append([claim.event.version, claim.appliedVersion])
                try await store.finish(claim, .done(summary: nil))
            }
            #expect(seen == [[100, nil], [nil, 100], [90, 100], [110, 100]])
        },
        StorePromise("takes only what is done for carried") { store in
            for key in ["a", "b", "c"] { _ = try await store.append(.sample(key: key, version: 100)) }
            try await store.finish(store.claimOne(), .retry(at: at(20), unknownItem))
            try await store.finish(store.claimOne(at: 20), .skipped(unknownItem))
            #expect(try await store.claimOne(at: 20).appliedVersion == nil)
        },
        StorePromise("keeps versions apart by flow and by subject") { store in
            _ = try await store.append(.sample("order 1", key: "a", routes: [orders, invoices], version: 100))
            _ = try await store.append(.sample("order 2", key: "b", version: 50))
            let claims = try await store.claim()
            #expect(claims.map(\.appliedVersion) == [nil, nil])
            for claim in claims { try await store.finish(claim, .done(summary: nil)) }
            #expect(try await store.claimOne(invoices).appliedVersion == nil)
            _ = try await store.append(.sample("order 2", key: "c", version: 60))
            #expect(try await store.claimOne().appliedVersion == 50)
        },
        StorePromise(
            "knows what was carried after a restart",
            beforeClosing: { store in
                _ = try await store.append(.sample(key: "a", version: 100))
                try await store.finish(store.claimOne(), .done(summary: nil))
            },
            afterwards: { store in
                _ = try await store.append(.sample(key: "b", version: 90))
                #expect(try await store.claimOne().appliedVersion == 100)
            }),
    ]

    private static let fingerprints: [StorePromise] = [
        StorePromise("remembers what was carried of a record, and forgets what was carried before it") { store in
            try await store.append("a")
            let lease = try await store.claimOne().lease
            #expect(try await store.fingerprint(of: key) == nil)
            for byte in [1, 2] as [UInt8] {
                let fingerprint = Fingerprint(key: key, digest: [UInt8](repeating: byte, count: 32))
                try await store.conclude(
                    lease, step: "fingerprint", result: [1], link: nil, fingerprint: fingerprint, at: at(13))
                #expect(try await store.fingerprint(of: key) == fingerprint.digest)
            }
            #expect(try await store.fingerprint(of: LinkKey(kind: "order", scope: "dat", key: "000000042")) == nil)
        },
        StorePromise("writes no fingerprint for who has lost the lease") { store in
            try await store.append("a")
            let late = try await store.claimOne(at: 10).lease
            try await store.rescue(now: at(70), owner: "me", otherOwners: false)
            await #expect(throws: LeaseLost(lease: late)) {
                try await store.conclude(
                    late, step: "fingerprint", result: [1], link: nil,
                    fingerprint: Fingerprint(key: key, digest: digest), at: at(71))
            }
            #expect(try await store.fingerprint(of: key) == nil)
        },
        StorePromise("writes no fingerprint with a link that is taken") { store in
            for number in 1...2 { try await store.append("\(number)", subject: "order \(number)") }
            let leases = try await store.claim().map(\.lease)
            try await store.conclude(
                leases[0], step: "s", result: [1], link: Link(key: key, value: "SO-1"), fingerprint: nil, at: at(13))
            await #expect(throws: StoreFault.self) {
                try await store.conclude(
                    leases[1], step: "s", result: [1], link: Link(key: key, value: "SO-2"),
                    fingerprint: Fingerprint(key: key, digest: digest), at: at(14))
            }
            #expect(try await store.fingerprint(of: key) == nil)
        },
    ]
}

import Relay
import Testing

/// What every book of comparisons must keep, whatever is under it.
extension StorePromise {
    static let reconciliations: [StorePromise] = [
        StorePromise("keeps a comparison with its findings, numbered, word for word") { store in
            let begun = try await store.begin(.sample, at: at(0))
            #expect(begun.state == .running && begun.startedAt == at(0) && begun.asked == .sample)
            var tally = ReconciliationTally()
            (tally.orders, tally.agreed) = (5, 3)
            let end = ReconciliationEnd(
                state: .done, tally: tally, findings: [.sample("missing"), .sample("doubled")])
            #expect(try await store.end(begun.id, end, at: at(9)))
            let kept = try #require(try await store.reconciliation(begun.id))
            #expect(kept.state == .done && kept.tally == tally && kept.open == 2 && kept.finishedAt == at(9))
            var first = ReconciliationFinding.sample("missing")
            first.number = 1
            let findings = try await store.findings(of: begun.id, in: nil, after: 0, limit: 9)
            #expect(findings.first == first && findings.map(\.number) == [1, 2])
            #expect(try await store.findings(of: begun.id, in: nil, after: 1, limit: 9).map(\.code) == ["doubled"])
            #expect(try await store.findings(of: begun.id, in: nil, after: 0, limit: 1).map(\.number) == [1])
            #expect(try await store.reconciliation(ReconciliationID(99)) == nil)
        },
        StorePromise("changes nothing any more about a comparison that has ended") { store in
            let id = try await store.begin(.sample, at: at(0)).id
            try await store.end(id, ReconciliationEnd(state: .done, tally: .init()), at: at(1))
            let late = ReconciliationEnd(state: .done, tally: .init(), findings: [.sample("missing")])
            #expect(try await !store.end(id, late, at: at(2)))
            #expect(try await store.findings(of: id, in: nil, after: 0, limit: 9).isEmpty)
            #expect(try await store.reconciliation(id)?.finishedAt == at(1))
        },
        StorePromise("settles a finding once, with who and why on record") { store in
            let id = try await store.begin(.sample, at: at(0)).id
            let end = ReconciliationEnd(
                state: .done, tally: .init(), findings: [.sample("missing"), .sample("doubled")])
            try await store.end(id, end, at: at(1))
            #expect(try await store.settle(1, of: id, as: .repaired, note: "taken in", act: .sample()))
            #expect(try await !store.settle(1, of: id, as: .accepted, note: "no", act: .sample()))
            #expect(try await !store.settle(9, of: id, as: .accepted, note: "no", act: .sample()))
            let settled = try #require(try await store.findings(of: id, in: .repaired, after: 0, limit: 9).first)
            #expect(
                settled.note == "taken in" && settled.settledBy == "jane@example.com" && settled.settledAt == at(20))
            #expect(try await store.findings(of: id, in: .open, after: 0, limit: 9).map(\.number) == [2])
            #expect(try await store.reconciliation(id)?.open == 1)
            let acts = try await store.acts(on: nil, before: nil, limit: 9)
            #expect(acts.map(\.verb) == ["repair"] && acts[0].target.contains("missing"))
        },
        StorePromise("lists comparisons from the newest on, page by page") { store in
            var ids: [ReconciliationID] = []
            for second in Int64(0)..<3 { ids.append(try await store.begin(.sample, at: at(second)).id) }
            #expect(try await store.reconciliations(before: nil, limit: 2).map(\.id) == [ids[2], ids[1]])
            #expect(try await store.reconciliations(before: ids[1], limit: 2).map(\.id) == [ids[0]])
        },
        StorePromise("forgets comparisons that began long ago, with their findings, and none that runs") { store in
            let old = try await store.begin(.sample, at: at(0)).id
            let end = ReconciliationEnd(state: .done, tally: .init(), findings: [.sample("missing")])
            try await store.end(old, end, at: at(1))
            let running = try await store.begin(.sample, at: at(2)).id
            let new = try await store.begin(.sample, at: at(50)).id
            try await store.end(new, end, at: at(51))
            #expect(try await store.forgetReconciliations(startedBefore: at(10), limit: 9) == 1)
            #expect(try await store.reconciliations(before: nil, limit: 9).map(\.id) == [new, running])
            #expect(try await store.findings(of: old, in: nil, after: 0, limit: 9).isEmpty)
        },
        StorePromise(
            "ends as incomplete what was running when the process ended",
            beforeClosing: { store in _ = try await store.begin(.sample, at: at(0)) },
            afterwards: { store in
                #expect(try await store.interruptReconciliations(unknownItem, at: at(5)) == 1)
                #expect(try await store.interruptReconciliations(unknownItem, at: at(6)) == 0)
                let kept = try #require(try await store.reconciliations(before: nil, limit: 9).first)
                #expect(kept.state == .incomplete && kept.reason == unknownItem && kept.finishedAt == at(5))
            }),
        StorePromise("forgets links and fingerprints that a repair names, and says so once") { store in
            try await store.append("k")
            let claim = try await store.claimOne()
            let key = LinkKey(kind: "order", scope: "usmf", key: "000000042")
            let digest = [UInt8](repeating: 1, count: 32)
            try await store.conclude(
                claim.lease, step: "header", result: Array("1".utf8), link: Link(key: key, value: "SO-1"),
                fingerprint: Fingerprint(key: key, digest: digest), at: at(11))
            #expect(try await store.forget([key], act: .sample()) == 2)
            #expect(try await store.value(of: key) == nil)
            #expect(try await store.fingerprint(of: key) == nil)
            #expect(try await store.forget([key], act: .sample()) == 0)
            #expect(try await store.acts(on: nil, before: nil, limit: 9).map(\.verb) == ["forget"])
        },
    ]
}

extension NewReconciliation {
    static let sample = NewReconciliation(from: at(-100), until: at(-10), by: "anna")
}

extension ReconciliationFinding {
    static func sample(_ code: String) -> ReconciliationFinding {
        ReconciliationFinding(
            code: code, subject: "order 000000042", near: "000000042", scope: "usmf", far: "SO-1",
            nearValue: "84.40 EUR",
            farValue: "é", text: "Order 000000042 has none.", advice: "See why.", repair: "take-in")
    }
}

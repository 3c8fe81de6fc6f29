import Relay
import Testing

private let edited = Array(#"{"id":43}"#.utf8)
private let patch = Array(#"{"SalesOrderName":"Doe","Amount":1.10}"#.utf8)

extension StorePromise {
    static let resending: [StorePromise] = [
        StorePromise("resends an event with another body, and ends the old one as superseded") { store in
            let ids = try await store.append("a")
            try await store.finish(store.claimOne(), .parked(unknownItem))
            let copy = try #require(try await store.resend(ids[0], as: EventEdit(body: edited), act: .sample()))
            let old = try await store.deliveries(of: ids[0])[0]
            #expect(old.state == .superseded && old.reason?.message.contains("\(copy)") == true)
            let claim = try await store.claimOne(at: 20)
            #expect(claim.event.id == copy && claim.event.body == edited && claim.event.patches.isEmpty)
            #expect(claim.event.subject == "order 000000042" && claim.event.receivedAt == at(20))
            #expect(claim.route == orders && claim.lease.attempt == 1 && claim.failures == 0)
            let detail = try #require(try await store.event(copy))
            #expect(detail.editedFrom == ids[0] && detail.event.bytes == edited.count)
            #expect(detail.bodyDigest.count == 32 && detail.bodyDigest != [UInt8](repeating: 7, count: 32))
            #expect(try await store.body(of: ids[0]) == Array(#"{"id":42}"#.utf8))
        },
        StorePromise("hands patches out with the claim, byte for byte, and shows them") { store in
            let ids = try await store.append("a")
            let patches = ["header": patch, "line 1": Array("{}".utf8)]
            let copy = try #require(
                try await store.resend(ids[0], as: EventEdit(patches: patches), act: .sample()))
            let claim = try await store.claimOne(at: 20)
            #expect(claim.event.id == copy && claim.event.patches == patches)
            #expect(claim.event.body == Array(#"{"id":42}"#.utf8))
            #expect(try #require(try await store.event(copy)).patches == patches)
        },
        StorePromise("makes one copy of the same edit, however often it is asked for") { store in
            let ids = try await store.append("a")
            let edit = EventEdit(body: edited, patches: ["header": patch, "line 1": patch])
            let copy = try await store.resend(ids[0], as: edit, act: .sample())
            #expect(try await store.resend(ids[0], as: edit, act: .sample(at: 30)) == copy)
            let claim = try await store.claimOne(at: 30)
            #expect(try await store.resend(ids[0], as: edit, act: .sample(at: 31)) == copy)
            try await store.finish(claim, .done(summary: nil))
            #expect(try await store.resend(ids[0], as: edit, act: .sample(at: 32)) == copy)
            #expect(try await store.events(matching: EventFilter()).count == 2)
            #expect(try await store.acts(on: ids[0], before: nil, limit: 10).count == 1)
        },
        StorePromise("takes another edit for another copy, and ends the earlier copy") { store in
            let ids = try await store.append("a")
            let first = try #require(try await store.resend(ids[0], as: EventEdit(body: edited), act: .sample()))
            try await store.finish(store.claimOne(at: 20), .parked(unknownItem))
            let second = try #require(
                try await store.resend(
                    ids[0], as: EventEdit(body: edited, patches: ["header": patch]), act: .sample()))
            #expect(first != second)
            #expect(try await store.state(of: first) == .superseded)
            #expect(try await store.claimOne(at: 20).event.id == second)
        },
        StorePromise("gives the copy the old event's place before the later ones of its subject") { store in
            let ids = try await store.append("a", "b", "c")
            try await store.finish(store.claimOne(), .done(summary: nil))
            try await store.finish(store.claimOne(), .parked(unknownItem))
            let copy = try #require(try await store.resend(ids[1], as: EventEdit(body: edited), act: .sample()))
            let again = try #require(
                try await store.resend(copy, as: EventEdit(patches: ["h": patch]), act: .sample()))
            for id in [again, ids[2]] {
                let claim = try await store.claimOne(at: 20)
                #expect(claim.event.id == id)
                try await store.finish(claim, .done(summary: nil))
            }
        },
        StorePromise("lets what runs of the subject end before the copy") { store in
            let ids = try await store.append("a", "b")
            try await store.finish(store.claimOne(), .done(summary: nil))
            let running = try await store.claimOne()
            let copy = try #require(try await store.resend(ids[0], as: EventEdit(body: edited), act: .sample()))
            #expect(try await store.claim(at: 20).isEmpty)
            try await store.finish(running, .retry(at: at(20), unknownItem))
            #expect(try await store.claimOne(at: 20).event.id == copy)
        },
        StorePromise("refuses while a delivery of the event runs, and changes nothing") { store in
            let ids = try await store.append("a")
            let claim = try await store.claimOne()
            await #expect(throws: RepairRefused.running(ids[0])) {
                try await store.resend(ids[0], as: EventEdit(body: edited), act: .sample())
            }
            #expect(try await store.events(matching: EventFilter()).count == 1)
            #expect(try await store.acts(on: nil, before: nil, limit: 10).isEmpty)
            #expect(try await store.finish(claim, .done(summary: nil)))
        },
        StorePromise("refuses while an earlier copy runs") { store in
            let ids = try await store.append("a")
            let copy = try #require(try await store.resend(ids[0], as: EventEdit(body: edited), act: .sample()))
            _ = try await store.claimOne(at: 20)
            await #expect(throws: RepairRefused.running(copy)) {
                try await store.resend(ids[0], as: EventEdit(patches: ["header": patch]), act: .sample())
            }
        },
        StorePromise("copies all routes in their order, with their policies") { store in
            let receipt = try await store.append(.sample(key: "a", routes: [stock, prices]))
            let copy = try #require(
                try await store.resend(receipt.event, as: EventEdit(body: edited), act: .sample()))
            for lane in [stock, prices] {
                let claim = try await store.claimOne(lane, at: 20)
                #expect(claim.event.id == copy && claim.route == lane)
                try await store.finish(claim, .done(summary: nil))
            }
        },
        StorePromise("keeps what the old event linked, and its version") { store in
            let receipt = try await store.append(
                .sample(key: "a", version: 100, searchKeys: [SearchKey(.email, "jane@example.com")]))
            let link = Link(key: LinkKey(kind: "order", scope: "usmf", key: "000000042"), value: "SO-1")
            let claim = try await store.claimOne()
            try await store.conclude(
                claim.lease, step: "header", result: [1], link: link, fingerprint: nil, at: at(12))
            try await store.finish(claim, .parked(unknownItem))
            let copy = try #require(
                try await store.resend(receipt.event, as: EventEdit(body: edited), act: .sample()))
            #expect(try await store.value(of: link.key) == "SO-1")
            #expect(try await store.claimOne(at: 20).event.version == 100)
            let found = try await store.trace(SearchKey(.email, "jane@example.com"), limit: 10)
            #expect(found.map(\.event.id) == [receipt.event, copy])
        },
        StorePromise("writes the act down for both events") { store in
            let ids = try await store.append("a")
            let copy = try #require(try await store.resend(ids[0], as: EventEdit(body: edited), act: .sample()))
            let acts = try await store.acts(on: copy, before: nil, limit: 10)
            #expect(acts.map(\.verb) == ["resend"] && acts.map(\.event) == [ids[0]])
            #expect(try await store.acts(on: ids[0], before: nil, limit: 10) == acts)
        },
        StorePromise("knows no event that is not there") { store async throws in
            #expect(try await store.resend(EventID(4711), as: EventEdit(body: edited), act: .sample()) == nil)
        },
    ]
}

package import Relay
import Synchronization
import Testing

/// What every book of value tables must keep, whatever is under it.
package struct ValuePromise: CustomTestStringConvertible, Sendable {
    package let testDescription: String
    package let check: @Sendable (any ValueBook) async throws -> Void

    init(_ sentence: String, check: @escaping @Sendable (any ValueBook) async throws -> Void) {
        testDescription = sentence
        self.check = check
    }

    package static let all = [
        ValuePromise("keeps rows word for word, one for each table, legal entity and key") { book in
            let rows = [
                ValueRow.sample("kg", "Kilo's \"é\" 🧀"), .sample("KG", "x"), .sample("kg", "lb", in: "usmf"),
                .sample("kg", "x", table: "items"), .sample("a/b%2F\n", ""),
            ]
            try await book.change(ValueChange(written: rows, target: "all"), act: .sample()) {}
            #expect(Set(try await book.values()) == Set(rows))
        },
        ValuePromise("writes a row in place of the one that has its key") { book in
            try await book.set(.sample("kg", "old"))
            try await book.set(.sample("kg", "new"))
            #expect(try await book.values() == [.sample("kg", "new")])
        },
        ValuePromise("removes rows before it writes others, and nothing that is not named") { book in
            let kept = ValueRow.sample("kept", "1")
            let (old, new) = (ValueRow.sample("a", "2"), ValueRow.sample("a", "3"))
            try await book.change(ValueChange(written: [kept, old], target: "t"), act: .sample()) {}
            let change = ValueChange(
                removed: [old.id, ValueRow.sample("nobody", "").id], written: [new], target: "t")
            try await book.change(change, act: .sample()) {}
            #expect(Set(try await book.values()) == [kept, new])
        },
        ValuePromise("tells that a change is kept, before its caller goes on") { book in
            let told = Mutex(0)
            try await book.change(ValueChange(written: [.sample("kg", "1")], target: "t"), act: .sample()) {
                told.withLock { $0 += 1 }
            }
            #expect(told.withLock { $0 } == 1)
        },
    ]
}

extension StorePromise {
    static let values: [StorePromise] =
        ValuePromise.all.map { promise in StorePromise(promise.testDescription) { try await promise.check($0) } }
        + releases + meanwhile + restart

    private static let restart = [
        StorePromise(
            "keeps value tables, and what waits for them, over a restart",
            beforeClosing: { store in
                try await store.set(.sample("g", "gram"))
                try await store.append("a")
                try await store.finish(store.claimOne(), .parked(.missing("units/kg/usmf")))
            },
            afterwards: { store in
                let rows = try await store.values()
                #expect(rows == [.sample("g", "gram")])
                #expect(try await store.set(.sample("kg", "1", in: "usmf")) == 1)
                #expect(try await store.claim(at: 30).count == 1)
            })
    ]

    private static let releases: [StorePromise] = [
        StorePromise("releases all that wait for a row when it comes, with a fresh schedule, and nothing else") {
            store in
            let waits = ["units/kg/usmf", "units/kg/usmf", "units/g/usmf", "units/kg/demf", "items/kg/usmf", nil]
            var events: [EventID] = []
            for (index, row) in waits.enumerated() {
                events += try await store.append("\(index)", subject: "order \(index)")
                try await store.finish(store.claimOne(), .retry(at: at(12), unknownItem), at: 11)
                try await store.finish(store.claimOne(at: 13), .parked(.missing(row)), at: 14)
            }
            #expect(try await store.set(.sample("kg", "1", in: "usmf"), at: 50) == 2)
            let claims = try await store.claim(at: 50)
            #expect(claims.map(\.event.id) == Array(events.prefix(2)))
            #expect(claims.allSatisfy { $0.failures == 0 && $0.lease.attempt == 3 })
            for event in events.dropFirst(2) { #expect(try await store.state(of: event) == .parked) }
        },
        StorePromise("releases by a row for all legal entities what waits for one of them") { store in
            for (index, row) in ["units/kg/usmf", "units/kg/demf", "units/kg/", "units/kg2/usmf"].enumerated() {
                try await store.append("\(index)", subject: "order \(index)")
                try await store.finish(store.claimOne(), .parked(.missing(row)))
            }
            #expect(try await store.set(.sample("kg", "1")) == 3)
            #expect(try await store.awaitedValues(limit: 9) == [AwaitedValue(name: "units/kg2/usmf", deliveries: 1)])
        },
        StorePromise("asks for no case of letters when it releases") { store in
            try await store.append("a")
            try await store.finish(store.claimOne(), .parked(.missing("units/KÄS/usmf")))
            #expect(try await store.set(.sample("käs", "1", in: "usmf")) == 1)
        },
        StorePromise("says what is waited for and by how many, and shows it with the delivery") { store in
            var event: EventID?
            for (index, row) in ["units/kg/usmf", "items/x/", "units/kg/usmf"].enumerated() {
                event = try await store.append("\(index)", subject: "order \(index)").first
                try await store.finish(store.claimOne(), .parked(.missing(row)))
            }
            let (items, units) = (
                AwaitedValue(name: "items/x/", deliveries: 1), AwaitedValue(name: "units/kg/usmf", deliveries: 2)
            )
            #expect(try await store.awaitedValues(limit: 9) == [items, units])
            #expect(try await store.awaitedValues(limit: 1) == [items])
            let last = try #require(event)
            #expect(try await store.deliveries(of: last)[0].reason == .missing("units/kg/usmf"))
            try await store.skip(last)
            #expect(try await store.deliveries(of: last)[0].reason?.waitsFor == nil)
            #expect(try await store.awaitedValues(limit: 9).map(\.deliveries) == [1, 1])
        },
        StorePromise("waits no more for a row once a person, an edited copy or a newer event has settled it") {
            store in
            let replayed = try await store.append("a", subject: "order 1")[0]
            let resent = try await store.append("b", subject: "order 2")[0]
            for claim in try await store.claim() { try await store.finish(claim, .parked(.missing("units/kg/"))) }
            try await store.append("c", subject: "stock 1", route: stock)
            try await store.finish(store.claimOne(stock), .parked(.missing("units/kg/")))
            #expect(try await store.awaitedValues(limit: 9).map(\.deliveries) == [3])
            try await store.replay(replayed)
            _ = try await store.resend(resent, as: EventEdit(body: [1]), act: .sample())
            try await store.append("d", subject: "stock 1", route: stock)
            #expect(try await store.awaitedValues(limit: 9).isEmpty)
            #expect(try await store.set(.sample("kg", "1")) == 0)
        },
        StorePromise("lets a released delivery go in its place, before later ones of its subject") { store in
            let ids = try await store.append("a", "b", route: prices)
            try await store.finish(store.claimOne(prices), .parked(.missing("units/kg/")))
            try await store.set(.sample("kg", "1"), at: 20)
            let claim = try await store.claimOne(prices, at: 20)
            #expect(claim.event.id == ids[0])
            try await store.finish(claim, .done(summary: nil))
            #expect(try await store.claimOne(prices, at: 20).event.id == ids[1])
        },
        StorePromise("writes down who changed values, and which events that released") { store in
            let ids = try await store.append("a")
            try await store.finish(store.claimOne(), .parked(.missing("units/kg/")))
            let act = OperatorAct.sample(at: 50, why: "New unit.")
            let change = ValueChange(
                written: [.sample("kg", "1")], brought: ["units/kg/"], target: "units \"kg\"")
            try await store.change(change, act: act) {}
            let acts = try await store.acts(on: ids[0], before: nil, limit: 9)
            #expect(acts.map(\.verb) == ["change values"] && acts.map(\.act) == [act])
            #expect(acts.map(\.target) == ["units \"kg\", 1 released"])
        },
        StorePromise("takes a change without rows for none") { store in
            try await store.append("a")
            try await store.finish(store.claimOne(), .parked(.missing("units/kg/")))
            try await store.change(ValueChange(brought: ["units/kg/"], target: "t"), act: .sample()) {}
            #expect(try await store.awaitedValues(limit: 9).count == 1)
            #expect(try await store.acts(on: nil, before: nil, limit: 9).isEmpty)
        },
    ]

    /// The race of a record that parks with a person who adds its row.
    private static let meanwhile: [StorePromise] = [
        StorePromise("tries again at once what parks for a row while value tables are changed") { store in
            let ids = try await store.append("a")
            let claim = try await store.claimOne()
            #expect(try await store.set(.sample("kg", "1"), at: 11) == 0)
            let finished = try await store.finish(
                claim.lease, .parked(.missing("units/kg/usmf")), .sample(at: 11))
            guard case .held(at(12), let reason)? = finished?.outcome else {
                Issue.record("expected to be held, found \(String(describing: finished))")
                return
            }
            #expect(reason.code == "values-changed")
            let again = try await store.claimOne(at: 12)
            #expect(again.event.id == ids[0] && again.failures == 0)
            // Now it has seen the row; if it lacks something still, that is for a person.
            try await store.finish(again, .parked(.missing("units/kg/usmf")))
            #expect(try await store.state(of: ids[0]) == .parked)
        },
        StorePromise("parks for other reasons, whatever happens to value tables") { store in
            let ids = try await store.append("a")
            let claim = try await store.claimOne()
            try await store.set(.sample("kg", "1"))
            try await store.finish(claim, .parked(unknownItem))
            #expect(try await store.state(of: ids[0]) == .parked)
        },
    ]
}

extension ValueBook {
    /// - Returns: How many deliveries that released.
    @discardableResult
    fileprivate func set(_ row: ValueRow, at second: Int64 = 20) async throws -> Int {
        let name = "\(row.id.table)/\(row.id.key)/\(row.id.scope)".lowercased()
        let change = ValueChange(written: [row], brought: [name], target: "a row")
        return try await self.change(change, act: .sample(at: second)) {}
    }
}

extension ValueRow {
    package static func sample(
        _ key: String, _ value: String, in scope: String = "", table: String = "units"
    ) -> ValueRow {
        ValueRow(ID(table: table, scope: scope, key: key), ["SalesUnitSymbol": value])
    }
}

extension Reason {
    package static func missing(_ row: String?) -> Reason {
        Reason(code: "missing-value", message: "A row is missing.", advice: "Add it.", waitsFor: row)
    }
}

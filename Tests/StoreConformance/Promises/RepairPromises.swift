import Relay
import Testing

extension StorePromise {
    static let repair: [StorePromise] = selections + pages + acts

    private static let selections: [StorePromise] = [
        StorePromise("counts what a selection holds, by each of its terms and by all of them") { store in
            let ids = try await store.assorted()
            let rows: [(expected: [DeliveryState: Int], narrow: (inout EventSelection) -> Void)] = [
                ([.parked: 3, .done: 1, .ready: 1, .waiting: 1], { _ in }),
                ([.parked: 3], { $0.states = [.parked] }),
                ([:], { $0.states = [.running] }),
                ([.waiting: 1], { $0.flow = invoices.flow }),
                ([.parked: 3, .done: 1, .ready: 1], { $0.lane = orders.lane }),
                ([:], { $0.lane = "no lane" }),
                ([.waiting: 1], { $0.source = "dynamics" }),
                ([.parked: 1], { $0.kind = "refund" }),
                ([.parked: 1, .ready: 1], { $0.subject = "order 2" }),
                ([.parked: 2, .waiting: 1], { $0.reasonCode = "unknown-item" }),
                ([.parked: 1, .ready: 1, .waiting: 1], { $0.since = at(3) }),
                ([.parked: 2, .done: 1], { $0.until = at(3) }),
                ([.parked: 1], { $0.event = ids[1] }),
                (
                    [.parked: 1],
                    { ($0.states, $0.reasonCode, $0.since, $0.kind) = ([.parked], "unknown-item", at(2), "order") }
                ),
                ([:], { ($0.event, $0.subject) = (ids[1], "order 1") }),
            ]
            for (index, row) in rows.enumerated() {
                var selection = EventSelection()
                row.narrow(&selection)
                let count = try await store.count(selection)
                #expect(count.deliveries == row.expected, "row \(index)")
                #expect(count.events == row.expected.values.reduce(0, +), "row \(index)")
            }
        },
        StorePromise("counts an event with several deliveries once") { store in
            _ = try await store.append(.sample(key: "a", routes: [orders, invoices, orders]))
            #expect(
                try await store.count(EventSelection()) == SelectionCount(events: 1, deliveries: [.ready: 3]))
        },
        StorePromise("replays what is selected, and nothing else") { store in
            let ids = try await store.assorted()
            var selection = EventSelection()
            selection.states = [.parked]
            selection.reasonCode = "unknown-item"
            let page = try await store.replay(
                selection, isBulk: false, act: .sample(at: 50), after: nil, limit: 100)
            #expect(page.deliveries.count == 2 && page.next == nil)
            for (id, state) in zip(ids, [.done, .ready, .parked, .ready, .ready, .waiting] as [DeliveryState]) {
                #expect(try await store.state(of: id) == state)
            }
        },
        StorePromise("replays in every state that it can, if none is named") { store in
            let ids = try await store.assorted()
            let running = try await store.append("r", subject: "order 77")
            let claim = try await store.claimOne()
            #expect(claim.event.id == running[0])
            let page = try await store.replay(
                EventSelection(), isBulk: false, act: .sample(at: 50), after: nil, limit: 100)
            #expect(page.deliveries.count == 5)
            for id in ids { #expect(try await store.state(of: id) == .ready) }
            #expect(try await store.state(of: running[0]) == .running)
        },
        StorePromise("skips what is selected with the reason that was given") { store in
            let ids = try await store.assorted()
            var selection = EventSelection()
            selection.kind = "refund"
            let act = OperatorAct.sample(at: 50, why: "Refunded by hand.")
            #expect(try await store.skip(selection, act: act, after: nil, limit: 10).deliveries.count == 1)
            let delivery = try await store.deliveries(of: ids[2])[0]
            #expect(delivery.state == .skipped && delivery.finishedAt == at(50))
            #expect(delivery.reason == Reason(code: "skipped-by-operator", message: "Refunded by hand."))
        },
        StorePromise("skips everything that is not finished and does not run, if no state is named") { store in
            let ids = try await store.assorted()
            _ = try await store.skip(EventSelection(), act: .sample(at: 50), after: nil, limit: 100)
            for id in ids.dropFirst() { #expect(try await store.state(of: id) == .skipped) }
            #expect(try await store.state(of: ids[0]) == .done)
        },
    ]

    private static let pages: [StorePromise] = [
        StorePromise("replays many in pages, oldest first, each event in one of them") { store in
            var ids: [EventID] = []
            for number in 1...7 { ids += try await store.append("\(number)", subject: "order \(number)") }
            for claim in try await store.claim() { try await store.finish(claim, .parked(unknownItem)) }
            var after: EventID?
            var pages: [Int] = []
            repeat {
                let page = try await store.replay(
                    EventSelection(), isBulk: true, act: .sample(), after: after, limit: 3)
                pages.append(page.deliveries.count)
                after = page.next
                if let after { #expect(after == ids[pages.count * 3 - 1]) }
            } while after != nil
            #expect(pages == [3, 3, 1])
            #expect(try await store.claim(at: 20).map(\.event.id) == ids)
        },
        StorePromise("ends after a last page that is just full") { store in
            for number in 1...4 { try await store.append("\(number)", subject: "order \(number)") }
            let first = try await store.skip(EventSelection(), act: .sample(), after: nil, limit: 4)
            #expect(first.deliveries.count == 4)
            let second = try await store.skip(EventSelection(), act: .sample(), after: first.next, limit: 4)
            #expect(second == RepairPage(deliveries: [], next: nil))
        },
        StorePromise("replays all deliveries of an event in one page, whatever the limit") { store in
            let receipt = try await store.append(.sample(key: "a", routes: [orders, invoices, orders]))
            for lane in [orders, invoices, orders] {
                try await store.finish(store.claimOne(lane), .done(summary: nil))
            }
            let page = try await store.replay(
                EventSelection(), isBulk: false, act: .sample(), after: nil, limit: 1)
            #expect(page.deliveries.count == 3 && page.next ?? receipt.event == receipt.event)
        },
        StorePromise("takes a limit below 1 for 1") { store in
            try await store.append("a", "b")
            let page = try await store.skip(EventSelection(), act: .sample(), after: nil, limit: -5)
            #expect(page.deliveries.count == 1)
        },
    ]

    private static let acts: [StorePromise] = [
        StorePromise("writes down who did what, and why, newest first") { store in
            let ids = try await store.append("a", "b")
            try await store.finish(store.claimOne(), .parked(unknownItem))
            try await store.replay(ids[0], at: 20)
            try await store.skip(ids[1], at: 21)
            let acts = try await store.acts(on: nil, before: nil, limit: 10)
            #expect(acts.map(\.verb) == ["skip", "replay"])
            #expect(acts.map(\.target) == ["event \(ids[1])", "event \(ids[0])"])
            #expect(acts.map(\.event) == [ids[1], ids[0]])
            #expect(acts[1].act == .sample(at: 20))
            #expect(try await store.acts(on: nil, before: acts[0].id, limit: 10) == [acts[1]])
            #expect(try await store.acts(on: nil, before: nil, limit: 1) == [acts[0]])
        },
        StorePromise("finds the acts on one event, those on many included") { store in
            var ids: [EventID] = []
            for number in 1...3 { ids += try await store.append("\(number)", subject: "order \(number)") }
            for claim in try await store.claim() { try await store.finish(claim, .parked(unknownItem)) }
            _ = try await store.replay(
                EventSelection(), isBulk: true, act: .sample(at: 20), after: nil, limit: 2)
            try await store.skip(ids[0], at: 21)
            let acts = try await store.acts(on: ids[0], before: nil, limit: 10)
            #expect(acts.map(\.verb) == ["skip", "replay"])
            #expect(acts[1].target == "2 deliveries of 2 events" && acts[1].event == nil)
            #expect(try await store.acts(on: ids[1], before: nil, limit: 10) == [acts[1]])
            #expect(try await store.acts(on: ids[0], before: acts[0].id, limit: 10) == [acts[1]])
            #expect(try await store.acts(on: ids[2], before: nil, limit: 10).isEmpty)
        },
        StorePromise("writes down nothing when nothing was changed") { store in
            let ids = try await store.append("a")
            #expect(try await store.replay(ids[0]).isEmpty)
            #expect(try await store.replay(EventID(4711)).isEmpty)
            #expect(try await store.acts(on: nil, before: nil, limit: 10).isEmpty)
        },
        StorePromise(
            "remembers acts after a restart",
            beforeClosing: { store in try await store.skip(store.append("a")[0]) },
            afterwards: { store in
                let acts = try await store.acts(on: nil, before: nil, limit: 10)
                #expect(acts.map(\.act) == [.sample()])
            }),
    ]
}

extension EventLog where Self: DeliveryQueue {
    /// One event a second: done, parked, a refund parked for another reason, parked, ready behind the first of these,
    /// and one from the other side that waits.
    fileprivate func assorted() async throws -> [EventID] {
        let events: [NewEvent] = [
            .sample("order 1", key: "1", at: 0),
            .sample("order 2", key: "2", at: 1),
            .sample("order 3", key: "3", kind: "refund", at: 2),
            .sample("order 4", key: "4", at: 3),
            .sample("order 2", key: "5", at: 4),
            .sample("order 6", key: "6", source: "dynamics", at: 5, routes: [invoices]),
        ]
        var ids: [EventID] = []
        for event in events { ids.append(try await append(event).event) }
        let claims = try await claim(orders)
        try await finish(claims[0], .done(summary: "SO-1"))
        try await finish(claims[1], .parked(unknownItem))
        try await finish(claims[2], .parked(Reason(code: "credit-note", message: "It is a credit note.")))
        try await finish(claims[3], .parked(unknownItem))
        try await finish(claimOne(invoices), .retry(at: at(1000), unknownItem))
        return ids
    }
}

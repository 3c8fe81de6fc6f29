import Relay
import Testing

extension StorePromise {
    static let views: [StorePromise] = [
        StorePromise("lists events newest first, in pages") { store in
            let ids = try await store.append("a", "b", "c", "d", "e")
            let first = try await store.events(matching: EventFilter(limit: 2))
            #expect(first.map(\.id) == [ids[4], ids[3]])
            let second = try await store.events(matching: EventFilter(before: ids[3], limit: 2))
            #expect(second.map(\.id) == [ids[2], ids[1]])
            let third = try await store.events(matching: EventFilter(before: ids[1], limit: 2))
            #expect(third.map(\.id) == [ids[0]])
        },
        StorePromise("finds events by state, subject and kind, and by all of them") { store in
            var ids: [EventID] = []
            for number in 1...6 {
                let event = NewEvent.sample(
                    "order \(number % 3)", key: "\(number)", kind: number > 3 ? "refund" : "order",
                    routes: number % 2 == 0 ? [invoices] : [orders, invoices])
                ids.append(try await store.append(event).event)
            }
            for claim in try await store.claim(orders) { try await store.finish(claim, .parked(unknownItem)) }
            func found(_ filter: EventFilter) async throws -> [EventID] {
                try await store.events(matching: filter).map(\.id)
            }
            #expect(try await found(EventFilter(subject: "order 1")) == [ids[3], ids[0]])
            #expect(try await found(EventFilter(kind: "refund")) == [ids[5], ids[4], ids[3]])
            #expect(try await found(EventFilter(state: .parked)) == [ids[2], ids[0]])
            #expect(try await found(EventFilter(state: .parked, limit: 1)) == [ids[2]])
            #expect(try await found(EventFilter(state: .parked, before: ids[2])) == [ids[0]])
            #expect(try await found(EventFilter(state: .parked, subject: "order 1")) == [ids[0]])
            #expect(try await found(EventFilter(state: .parked, kind: "refund")) == [])
            #expect(try await found(EventFilter(state: .ready)) == ids.reversed())
            #expect(try await found(EventFilter(state: .done)) == [])
        },
        StorePromise("finds events by flow, lane, reason and time, and by all of them") { store in
            var ids: [EventID] = []
            for number in 1...4 {
                let event = NewEvent.sample(
                    "order \(number)", key: "\(number)", at: Int64(number),
                    routes: number % 2 == 0 ? [invoices] : [orders, invoices])
                ids.append(try await store.append(event).event)
            }
            for claim in try await store.claim(orders) { try await store.finish(claim, .parked(unknownItem)) }
            func found(_ filter: EventFilter) async throws -> [EventID] {
                try await store.events(matching: filter).map(\.id)
            }
            #expect(try await found(EventFilter(flow: orders.flow)) == [ids[2], ids[0]])
            #expect(try await found(EventFilter(lane: invoices.lane)) == ids.reversed())
            #expect(try await found(EventFilter(lane: "nowhere")) == [])
            #expect(try await found(EventFilter(flow: orders.flow, lane: invoices.lane)) == [])
            #expect(try await found(EventFilter(reasonCode: unknownItem.code)) == [ids[2], ids[0]])
            #expect(try await found(EventFilter(state: .ready, reasonCode: unknownItem.code)) == [])
            #expect(try await found(EventFilter(since: at(3))) == [ids[3], ids[2]])
            #expect(try await found(EventFilter(flow: orders.flow, since: at(2))) == [ids[2]])
            #expect(try await found(EventFilter(reasonCode: unknownItem.code, before: ids[2], limit: 1)) == [ids[0]])
            #expect(try await found(EventFilter(subject: "order 1", reasonCode: unknownItem.code)) == [ids[0]])
            #expect(try await found(EventFilter(subject: "order 2", flow: orders.flow)) == [])
            #expect(try await found(EventFilter(subject: "order 1", since: at(2))) == [])
        },
        StorePromise("finds done events") { store in
            let ids = try await store.append("a", "b")
            try await store.finish(store.claimOne(), .done(summary: nil))
            #expect(try await store.events(matching: EventFilter(state: .done)).map(\.id) == [ids[0]])
            #expect(try await store.events(matching: EventFilter(state: .running)).isEmpty)
        },
        StorePromise("shows an event whole") { store in
            let receipt = try await store.append(.sample("order 7", key: "k", at: 3, routes: [orders, invoices]))
            let detail = try #require(try await store.event(receipt.event))
            #expect(detail.dedupKey == "k" && detail.bodyDigest == [UInt8](repeating: 7, count: 32))
            #expect(detail.event.subject == "order 7" && detail.event.bytes == 9 && detail.event.receivedAt == at(3))
            #expect(detail.event.deliveries.map(\.lane) == [orders.lane, invoices.lane])
            #expect(detail.deliveries.map(\.overview) == detail.event.deliveries)
        },
        StorePromise("counts the deliveries of each lane by state, and knows the oldest that waits") { store in
            for number in 1...6 {
                _ = try await store.append(.sample("order \(number)", key: "\(number)", at: Int64(number)))
            }
            let claims = try await store.claim(limit: 5)
            try await store.finish(claims[0], .done(summary: nil), at: 20)
            try await store.finish(claims[1], .parked(unknownItem), at: 21)
            try await store.finish(claims[2], .retry(at: at(90), unknownItem), at: 22)
            try await store.finish(claims[3], .skipped(unknownItem), at: 23)
            let lane = try #require(try await store.lanes(now: at(30)).first)
            #expect(lane.lane == orders.lane)
            #expect(
                lane.counts == ["done": 1, "parked": 1, "waiting": 1, "skipped": 1, "running": 1, "ready": 1])
            #expect(lane.oldestWaitingSince == at(3))
            #expect(lane.lastDoneAt == at(21) && lane.lastFailureAt == at(23) && lane.lastFailure == unknownItem)
        },
        StorePromise("has no lane before there is a delivery") { store in
            #expect(try await store.lanes(now: at(0)).isEmpty)
            _ = try await store.append(.sample(key: "a"))
            #expect(try await store.lanes(now: at(0)).map(\.counts) == [["ready": 1]])
        },
    ]
}

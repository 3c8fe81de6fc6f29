import Relay
import Testing

extension StorePromise {
    static let arrival: [StorePromise] = [
        StorePromise("keeps an event as it came") { store in
            let body: [UInt8] = [0, 0xFF, 0x7B, 0x0A]
            let receipt = try await store.append(.sample("order 7", key: "k", at: 3, body: body))
            #expect(!receipt.isDuplicate)
            let claim = try await store.claimOne()
            #expect(
                claim.event
                    == StoredEvent(
                        id: receipt.event, source: "commerce", kind: "order", subject: "order 7", receivedAt: at(3),
                        body: body))
            #expect(claim.route == orders)
            #expect(try await store.body(of: receipt.event) == body)
        },
        StorePromise("keeps an event with an empty body") { store in
            let receipt = try await store.append(.sample(key: "k", body: []))
            #expect(try await store.body(of: receipt.event) == [])
            #expect(try await store.claimOne().event.body == [])
        },
        StorePromise("takes the same occurrence once, and names the first event") { store in
            let first = try await store.append(.sample(key: "k"))
            let again = try await store.append(.sample("order 9", key: "k", body: [1]))
            #expect(again == Receipt(event: first.event, isDuplicate: true))
            #expect(try await store.events(matching: EventFilter()).count == 1)
            #expect(try await store.claim().count == 1)
        },
        StorePromise("takes the same occurrence once when it arrives many times at once") { store in
            let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
                for _ in 0..<50 { group.addTask { try await store.append(.sample(key: "k")) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(receipts.filter { !$0.isDuplicate }.count == 1)
            #expect(Set(receipts.map(\.event)).count == 1)
        },
        StorePromise("knows an occurrence still when its delivery is done") { store in
            let first = try await store.append(.sample(key: "k"))
            try await store.finish(store.claimOne(), .done(summary: nil))
            #expect(try await store.append(.sample(key: "k")) == Receipt(event: first.event, isDuplicate: true))
            #expect(try await store.claim().isEmpty)
        },
        StorePromise("takes what came together in its sequence, each occurrence once") { store in
            let first = try await store.append(.sample(key: "b"))
            let batch = ["a", "b", "c", "a"].map { NewEvent.sample(key: $0) }
            let receipts = try await store.append(batch)
            #expect(receipts.map(\.isDuplicate) == [false, true, false, true])
            #expect(receipts[1].event == first.event && receipts[3].event == receipts[0].event)
            #expect(receipts[0].event < receipts[2].event)
            #expect(try await store.events(matching: EventFilter()).count == 3)
            #expect(try await store.append([]) == [])
        },
        StorePromise("does not mix up the keys of two sources") { store in
            _ = try await store.append(.sample(key: "k"))
            #expect(try await !store.append(.sample(key: "k", source: "dynamics")).isDuplicate)
        },
        StorePromise("numbers events in order of arrival") { store in
            let ids = try await store.append("a", "b", "c")
            #expect(ids == ids.sorted() && Set(ids).count == 3)
        },
        StorePromise("keeps an event that no flow works on") { store in
            let receipt = try await store.append(.sample(key: "k", routes: []))
            #expect(try await store.deliveries(of: receipt.event).isEmpty)
        },
        StorePromise("takes events from many at once and loses none") { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<300 {
                    group.addTask { _ = try await store.append(.sample("order \(number % 60)", key: "\(number)")) }
                }
                try await group.waitForAll()
            }
            #expect(try await store.events(matching: EventFilter(limit: 400)).count == 300)
            #expect(try await store.claim(limit: 400).count == 60)
        },
    ]
}

import Relay
import Testing

/// Promises about pollers: where they stand, and what their lists showed.
extension StorePromise {
    private static func move(_ position: String, at second: Int64 = 0) -> CursorMove {
        CursorMove(cursor: PollCursor(poller: "shop/orders", position: position, movedAt: at(second)))
    }

    private static func digest(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

    static let polling: [StorePromise] = [
        StorePromise("A cursor moves with the events of its page, and outlives the process") { store in
            #expect(try await store.cursor(of: "shop/orders") == nil)
            let receipts = try await store.append(
                [.sample(key: "a"), .sample(key: "b")], moving: move("2", at: 1))
            #expect(receipts.map(\.isDuplicate) == [false, false])
            #expect(try await store.claim().map(\.event.id) == [receipts[0].event])
        } afterwards: { store in
            let cursor = try await store.cursor(of: "shop/orders")
            #expect(cursor == PollCursor(poller: "shop/orders", position: "2", movedAt: at(1)))
            #expect(try await store.cursor(of: "shop/invoices") == nil)
        },
        StorePromise("A page without events moves the cursor too, and a known event is not stored again") { store in
            let first = try await store.append(.sample(key: "a"))
            let receipts = try await store.append([.sample(key: "a")], moving: move("1"))
            #expect(receipts == [Receipt(event: first.event, isDuplicate: true)])
            #expect(try await store.append([], moving: move("2")).isEmpty)
            #expect(try await store.cursor(of: "shop/orders")?.position == "2")
        },
        StorePromise("A page that cannot be stored moves nothing") { store in
            _ = try await store.append([], moving: move("1"))
            var bad = move("2")
            bad.digests = ["k": [1, 2, 3]]
            let page = bad
            await #expect(throws: StoreFault.self) {
                _ = try await store.append([.sample(key: "a")], moving: page)
            }
            #expect(try await store.cursor(of: "shop/orders")?.position == "1")
            #expect(try await store.append(.sample(key: "a")).isDuplicate == false)
        },
        StorePromise("Rows are remembered by list, and forgotten when a walk has not met them") { store in
            var first = move("1")
            (first.digests, first.seenAt) = (["a": digest(1), "b": digest(2)], at(10))
            _ = try await store.append([], moving: first)
            var other = CursorMove(cursor: PollCursor(poller: "shop/companies", position: "", movedAt: at(0)))
            other.digests = ["a": digest(9)]
            _ = try await store.append([], moving: other)
            #expect(
                try await store.digests(of: "shop/orders", keys: ["a", "b", "c"]) == ["a": digest(1), "b": digest(2)])
            var second = move("2")
            (second.digests, second.seenAt, second.forgetsUnseen) = (["a": digest(3)], at(20), true)
            _ = try await store.append([], moving: second)
            #expect(try await store.digests(of: "shop/orders", keys: ["a", "b"]) == ["a": digest(3)])
            #expect(try await store.digests(of: "shop/companies", keys: ["a"]) == ["a": digest(9)])
        },
        StorePromise("A person can put a cursor elsewhere, which is on record") { store in
            var page = move("9")
            page.digests = ["a": digest(1)]
            _ = try await store.append([], moving: page)
            let cursor = PollCursor(poller: "shop/orders", position: "1", movedAt: at(5))
            let act = OperatorAct(by: "anna", why: "the shop lost a day", at: at(5))
            try await store.put(cursor, forgettingRows: false, act: act)
            #expect(try await store.cursor(of: "shop/orders") == cursor)
            #expect(try await store.digests(of: "shop/orders", keys: ["a"]).count == 1)
            try await store.put(cursor, forgettingRows: true, act: act)
            #expect(try await store.digests(of: "shop/orders", keys: ["a"]).isEmpty)
            let acts = try await store.acts(on: nil, before: nil, limit: 10)
            #expect(acts.map(\.verb) == ["rewind", "rewind"] && acts.first?.target == "poller shop/orders")
        },
    ]
}

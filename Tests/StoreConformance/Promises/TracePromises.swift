import Relay
import Testing

extension StorePromise {
    static let traces: [StorePromise] = [
        StorePromise("finds events by each kind of key that they came with") { store in
            for kind in SearchKey.Kind.allCases {
                let event = try await store.append(
                    .sample("subject \(kind)", key: "\(kind)", searchKeys: [SearchKey(kind, "17")]))
                let found = try await store.trace(SearchKey(kind, "17"), limit: 10)
                #expect(found.map(\.event.id) == [event.event])
            }
            #expect(try await store.trace(SearchKey(.order, "18"), limit: 10).isEmpty)
        },
        StorePromise("finds an e-mail address however it is written") { store in
            let keys = [SearchKey(.email, " Jane@Example.com")]
            let event = try await store.append(.sample(key: "a", searchKeys: keys))
            let found = try await store.trace(SearchKey(.email, "JANE@EXAMPLE.COM "), limit: 10)
            #expect(found.map(\.event.id) == [event.event])
        },
        StorePromise("finds an order's number by its subject") { store in
            let ids = try await store.append("a", "b")
            try await store.append("c", subject: "order 000000043")
            let found = try await store.trace(SearchKey(.order, "000000042"), limit: 10)
            #expect(found.map(\.event.id) == ids)
        },
        StorePromise("follows an order to its sales order's invoices, and back, whatever it is asked for") { store in
            let road = try await store.orderWithInvoices()
            for key in [
                SearchKey(.order, "000000042"), SearchKey(.order, "SO-1"), SearchKey(.order, "usmf/SO-1"),
                SearchKey(.order, "SO-1", in: "usmf"), SearchKey(.invoice, "CIV-1"),
                SearchKey(.invoice, "CIV-2", in: "usmf"),
            ] {
                let found = try await store.trace(key, limit: 10)
                #expect(found.map(\.event.id) == road, "\(key)")
            }
        },
        StorePromise("does not take one legal entity's numbers for another's") { store in
            let road = try await store.orderWithInvoices()
            let other = try await store.append(
                .sample(
                    "sales order dat/SO-1", key: "dat", source: "dynamics", routes: [invoices],
                    searchKeys: [SearchKey(.order, "SO-1", in: "dat"), SearchKey(.invoice, "CIV-1", in: "dat")])
            ).event
            #expect(try await store.trace(SearchKey(.order, "000000042"), limit: 10).map(\.event.id) == road)
            #expect(try await store.trace(SearchKey(.order, "dat/SO-1"), limit: 10).map(\.event.id) == [other])
            // Who names no entity means all.
            #expect(try await store.trace(SearchKey(.order, "SO-1"), limit: 10).map(\.event.id) == road + [other])
        },
        StorePromise("finds an order by the customer's account, without bringing all of the customer's orders") {
            store in
            let road = try await store.orderWithInvoices()
            let second = try await store.append(
                .sample("order 7", key: "7", searchKeys: [SearchKey(.customer, "C-1", in: "usmf")])
            ).event
            #expect(try await store.trace(SearchKey(.order, "000000042"), limit: 10).map(\.event.id) == road)
            let ofCustomer = try await store.trace(SearchKey(.customer, "C-1"), limit: 10)
            #expect(ofCustomer.map(\.event.id) == road + [second])
        },
        StorePromise("gives no more events than asked for, and takes a limit below 1 for 1") { store in
            try await store.append("a", "b", "c")
            #expect(try await store.trace(SearchKey(.order, "000000042"), limit: 2).count == 2)
            #expect(try await store.trace(SearchKey(.order, "000000042"), limit: 0).count == 1)
        },
        StorePromise("tells an event whole in a trace") { store in
            let road = try await store.orderWithInvoices()
            let found = try await store.trace(SearchKey(.invoice, "CIV-1"), limit: 10)
            #expect(found.first == (try await store.event(road[0])))
            #expect(found.first?.links.map(\.value).contains("SO-1") == true)
        },
    ]
}

extension EventLog where Self: DeliveryQueue & StepMemory {
    /// Order 000000042 came twice, became SO-1 of customer C-1, and was invoiced twice.
    fileprivate func orderWithInvoices() async throws -> [EventID] {
        var ids = try await append("first", "second")
        let claim = try await claimOne()
        for (kind, key, value) in [("customer", "jane@example.com", "C-1"), ("order", "000000042", "SO-1")] {
            try await conclude(
                claim.lease, step: kind, result: [1],
                link: Link(key: LinkKey(kind: kind, scope: "usmf", key: key), value: value), fingerprint: nil,
                at: at(12))
        }
        try await finish(claim, .done(summary: nil))
        for number in ["CIV-1", "CIV-2"] {
            let keys = [SearchKey(.order, "SO-1", in: "usmf"), SearchKey(.invoice, number, in: "usmf")]
            let event = NewEvent.sample(
                "sales order usmf/SO-1", key: number, source: "dynamics", routes: [invoices], searchKeys: keys)
            ids.append(try await append(event).event)
        }
        return ids
    }
}

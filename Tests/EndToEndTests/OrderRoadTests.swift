import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import Logging
import Relay
import Sandbox
import Testing

@Suite("A Commerce order becomes a D365 sales order", .timeLimit(.minutes(5)))
struct OrderRoadTests {
    struct Kind: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let order: SandboxOrder
        var area = "usmf"
        let items: [String]
    }

    @Test(
        "every kind of order arrives with its customer, its lines and its amounts, and carries its number back",
        arguments: [
            Kind(
                testDescription: "simple", order: .simple(incrementID: "000000001"),
                items: ["MUG-01", "LAMP-02", "FREIGHT"]),
            Kind(
                testDescription: "configurable with a coupon", order: .configurable(incrementID: "000000001"),
                items: ["TEE-M-RED", "FREIGHT"]),
            Kind(
                testDescription: "bundle with dynamic prices", order: .bundleDynamic(incrementID: "000000001"),
                items: ["LAMP-02", "MUG-01", "FREIGHT"]),
            Kind(
                testDescription: "bundle with a fixed price", order: .bundleFixed(incrementID: "000000001"),
                items: ["GIFT-BOX", "FREIGHT"]),
            Kind(
                testDescription: "guest with a quote in the name", order: .guest(incrementID: "000000001"),
                items: ["MUG-01", "LAMP-02", "FREIGHT"]),
            Kind(testDescription: "virtual", order: .virtual(incrementID: "000000001"), items: ["SETUP-01"]),
            Kind(
                testDescription: "another legal entity",
                order: .simple(incrementID: "200000001").with(storeID: 2), area: "dat",
                items: ["MUG-01", "LAMP-02", "FREIGHT"]),
            Kind(
                testDescription: "another currency",
                order: .simple(incrementID: "000000001").with(currency: "CHF", base: "EUR", rate: Decimal(95) / 100),
                items: ["MUG-01", "LAMP-02", "FREIGHT"]),
        ])
    func arrives(_ kind: Kind) async throws {
        try await Rig.run { rig in
            let outcome = try await rig.carry(kind.order)
            let found = rig.sandbox.dynamics.orders(reference: kind.order.incrementID, dataAreaId: kind.area)
            let order = try #require(found.first)
            #expect(outcome == .done(summary: order.salesOrderNumber))
            #expect(found.count == 1)
            #expect(order.currencyCode == kind.order.currency)
            #expect(order.lines.map(\.itemNumber) == kind.items)
            let customers = rig.sandbox.dynamics.snapshot().customers
            #expect(customers.map(\.email) == [kind.order.buyer.email.lowercased()])
            #expect(customers.map(\.account) == [order.orderingCustomerAccount])
            let placed = try #require(rig.sandbox.commerce.order(incrementID: kind.order.incrementID))
            #expect(placed.extOrderID == order.salesOrderNumber)
            #expect(placed.comments.count { $0.contains(order.salesOrderNumber) } == 1)
        }
    }

    @Test("the same webhook sent twice is one event and one sales order")
    func sentTwice() async throws {
        try await Rig.run { rig in
            let (body, headers) = try rig.sandbox.commerce.webhook(for: .simple(incrementID: "000000001"))
            let first = try await rig.send(.post, "/webhooks/commerce/order", headers: headers, body: body)
            let second = try await rig.send(.post, "/webhooks/commerce/order", headers: headers, body: body)
            #expect(first.status == 200)
            #expect(second.status == 200)
            #expect(String(decoding: second.body, as: UTF8.self) == #"{"op":"success"}"#)
            _ = try await rig.outcomes.next(of: "order 000000001")
            let events = try await rig.operate(.get, "/events")
            #expect(
                String(decoding: events.body, as: UTF8.self).components(separatedBy: #""kind":"order""#).count == 2)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("what Causeway writes back is recognised when the shop reports it, and goes no further")
    func echo() async throws {
        var platforms = SandboxConfiguration()
        platforms.commerce.sendsWebhooksAfterWrites = true
        try await Rig.run(platforms) { rig in
            #expect(try await rig.carry(.simple(incrementID: "000000001")) == .done(summary: "SO-000001"))
            // The order carries its ERP number now, so its payload differs: this is another event.
            let echo = try await rig.outcomes.next(of: "order 000000001")
            #expect(echo.state == .skipped && echo.reason?.code == "unchanged")
            let written = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(written.extOrderID == "SO-000001" && written.comments.count == 1)

            // An invoice changes the order once more.
            #expect(try await rig.invoice("SO-000001").state == .done)
            #expect(rig.sandbox.commerce.order(incrementID: "000000001")?.invoiceIDs.count == 1)
            #expect(rig.sandbox.dynamics.snapshot().orders.count == 1)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("a change of an order that was carried stays in Commerce where a company wants it so, and says so")
    func changedLater() async throws {
        try await Rig.run(text: { $0.orders = "changes: { update: ignore }" }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            let echo = try await rig.sandbox.commerce.sendWebhook(incrementID: "000000001")
            #expect(echo.status == 200)
            #expect(try await rig.outcomes.next(of: "order 000000001").reason?.code == "unchanged")

            let changed = try await rig.sandbox.commerce.changeAddress(incrementID: "000000001") {
                $0.street = ["Lindenweg 8"]
            }
            #expect(changed.status == 200)
            let outcome = try await rig.outcomes.next(of: "order 000000001")
            #expect(outcome.state == .skipped && outcome.reason?.code == "order-carried")
            #expect(rig.sandbox.dynamics.snapshot().orders.count == 1)
            #expect(rig.sandbox.commerce.order(incrementID: "000000001")?.comments.count == 1)
        }
    }

    @Test("a webhook that fires before Commerce has saved the order waits for it")
    func beforeCommit() async throws {
        let key = try RSAPrivateKey.generate()
        var platforms = SandboxConfiguration()
        platforms.commerce.signingKeyPEM = key.pem
        try await Rig.run(platforms) { rig in
            // Signed by the same shop, of an order that the gateway's shop does not have yet.
            let order = SandboxOrder.simple(incrementID: "000000001")
            let elsewhere = try Sandbox(
                configuration: platforms, transport: rig.transport,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            let (body, headers) = try elsewhere.commerce.webhook(for: order)
            #expect(
                try await rig.send(.post, "/webhooks/commerce/order", headers: headers, body: body).status == 200)
            try await rig.outcomes.wait { $0.retries["order 000000001", default: 0] >= 2 }
            try rig.sandbox.commerce.register(order)
            #expect(try await rig.outcomes.next(of: "order 000000001") == .done(summary: "SO-000001"))
        }
    }

    @Test("orders of one new customer that arrive together create the customer once")
    func oneCustomer() async throws {
        try await Rig.run { rig in
            let orders = (1...12).map {
                SandboxOrder.simple(incrementID: "00000010\($0)").with(email: "New@Example.com")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in orders { group.addTask { try await rig.carry(order) } }
                try await group.waitForAll()
            }
            #expect(rig.sandbox.dynamics.snapshot().customers.count == 1)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("an order with an unknown item is parked with the sentence that D365 gave, and goes on once it is mended")
    func parkedAndReleased() async throws {
        try await Rig.run { rig in
            let order = SandboxOrder.simple(incrementID: "000000001").with(unknownItem: "MYSTERY-99")
            guard case .parked(let reason) = try await rig.carry(order) else {
                Issue.record("the order was not parked")
                return
            }
            #expect(reason.message.contains("MYSTERY-99"))
            #expect(reason.advice != nil)

            try rig.sandbox.dynamics.release(SandboxItem("MYSTERY-99"), dataAreaId: "usmf")
            let event = try #require(rig.outcomes.story.newest["order 000000001"])
            let answer = try await rig.operate(
                .post, "/events/\(event)/replay", body: #"{"by":"anna","why":"the item is released"}"#)
            #expect(answer.status == 200)
            #expect(try await rig.outcomes.next(of: "order 000000001") == .done(summary: "SO-000001"))
            let found = rig.sandbox.dynamics.orders(reference: "000000001", dataAreaId: "usmf")
            #expect(found.map(\.lines.count) == [4])
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("a parked order holds back its own later webhooks, and nobody else's")
    func parkedHolds() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001").with(unknownItem: "MYSTERY-99"))
            let (body, headers) = try rig.sandbox.commerce.webhook(incrementID: "000000001")
            let spaced = body + [0x20]
            let unsigned = try await rig.send(.post, "/webhooks/commerce/order", headers: headers, body: spaced)
            #expect(unsigned.status == 401)
            #expect(try await rig.carry(.simple(incrementID: "000000002")) == .done(summary: "SO-000002"))
        }
    }

}

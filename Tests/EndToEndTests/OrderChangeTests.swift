import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("What becomes of an order in Commerce is told in D365", .timeLimit(.minutes(5)))
struct OrderChangeTests {
    private let subject = "order 000000001"

    @Test("a cancelled order loses its lines in F&O, and the cancellation is told once")
    func cancelled() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.sandbox.commerce.cancel(incrementID: "000000001")
            #expect(try await rig.outcomes.next(of: subject) == .done(summary: "SO-000001: cancelled"))
            #expect(rig.salesOrder("000000001")?.lines == [])
            _ = try await rig.sandbox.commerce.sendWebhook(incrementID: "000000001")
            // The same bytes are one event; a later save of the order is another one.
            try await rig.sandbox.commerce.changeAddress(incrementID: "000000001") { $0.city = "Linz" }
            #expect(try await rig.outcomes.next(of: subject).reason?.code == "unchanged")
        }
    }

    @Test("what is cancelled after a part was invoiced lowers the lines to what is left")
    func cancelledInPart() async throws {
        try await Rig.run(text: { $0.orders = "changes: { cancel: cancelRemainder }" }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001", lines: [1: 2]).state == .done)
            try await rig.sandbox.commerce.cancel(incrementID: "000000001")
            #expect(try await rig.outcomes.next(of: subject).state == .done)
            let order = try #require(rig.salesOrder("000000001"))
            #expect(order.lines.map(\.itemNumber) == ["MUG-01", "FREIGHT"])
            #expect(order.lines.map(\.quantity) == [2, 1])
        }
    }

    @Test("a cancellation comes too late once F&O has delivered, and is given to a person")
    func tooLate() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            rig.sandbox.setGateway(webhookURL: rig.text.webhookURL(gateway: rig.gatewayURL), eventURL: nil)
            try await rig.sandbox.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
            try await rig.sandbox.commerce.cancel(incrementID: "000000001")
            let outcome = try await rig.outcomes.next(of: subject)
            #expect(outcome.state == .parked && outcome.reason?.code == "sales-order-not-open")
            #expect(rig.salesOrder("000000001")?.lines.count == 3)
        }
    }

    @Test("an order that is cancelled before F&O has it never gets there")
    func neverCarried() async throws {
        try await Rig.run { rig in
            try rig.sandbox.commerce.register(.simple(incrementID: "000000001"))
            try await rig.sandbox.commerce.cancel(incrementID: "000000001")
            #expect(try await rig.outcomes.next(of: subject).reason?.code == "order-state")
            #expect(rig.salesOrder("000000001") == nil)
        }
    }

    @Test("an order goes on hold in F&O and is released with it")
    func holdAndRelease() async throws {
        try await Rig.run(text: { $0.orders = "changes: { hold: tell }" }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.sandbox.commerce.hold(incrementID: "000000001")
            #expect(try await rig.outcomes.next(of: subject) == .done(summary: "SO-000001: on hold"))
            #expect(rig.pool("SO-000001") == "HOLD")
            try await rig.sandbox.commerce.unhold(incrementID: "000000001")
            #expect(try await rig.outcomes.next(of: subject) == .done(summary: "SO-000001: released"))
            #expect(rig.pool("SO-000001") == "WEB")
        }
    }

    @Test("an edited order replaces the old one, and its goods are ordered once")
    func edited() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.sandbox.commerce.edit(incrementID: "000000001") { $0.items[0].quantity = 5 }
            #expect(try await rig.outcomes.next(of: "order 000000001-1").state == .done)
            #expect(try await rig.outcomes.next(of: subject).state == .done)
            #expect(rig.salesOrder("000000001")?.lines == [])
            #expect(rig.salesOrder("000000001-1")?.lines.map(\.quantity) == [5, 1, 1])
            #expect(rig.sandbox.dynamics.snapshot().orders.count == 2)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("an order that was edited after its goods left is not ordered a second time")
    func editedTooLate() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.sandbox.dynamics.pick(salesOrder: "SO-000001", dataAreaId: "usmf")
            try await rig.sandbox.commerce.edit(incrementID: "000000001") { $0.items[0].quantity = 5 }
            #expect(
                try await rig.outcomes.next(of: "order 000000001-1").reason?.code == "sales-order-not-open")
            #expect(try await rig.outcomes.next(of: subject).reason?.code == "sales-order-not-open")
            #expect(rig.sandbox.dynamics.snapshot().orders.count == 1)
        }
    }

    @Test("another address is told while the sales order is open")
    func address() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.sandbox.commerce.changeAddress(incrementID: "000000001") { $0.city = "Linz" }
            #expect(try await rig.outcomes.next(of: subject) == .done(summary: "SO-000001: changed"))
            #expect(rig.sandbox.dynamics.field("DeliveryAddressCity", salesOrder: "SO-000001") == "Linz")
        }
    }

    @Test(
        "a company that wants it otherwise is not told, or a person is asked",
        arguments: [("ignore", "order-carried"), ("park", "order-cancelled")])
    func policies(_ policy: String, _ code: String) async throws {
        try await Rig.run(text: { $0.orders = "changes: { cancel: \(policy) }" }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.sandbox.commerce.cancel(incrementID: "000000001")
            #expect(try await rig.outcomes.next(of: subject).reason?.code == code)
            #expect(rig.salesOrder("000000001")?.lines.count == 3)
        }
    }
}

extension Rig {
    func salesOrder(_ reference: String, in dataAreaID: String = "usmf") -> DynamicsSnapshot.Order? {
        sandbox.dynamics.orders(reference: reference, dataAreaId: dataAreaID).first
    }

    func pool(_ salesOrder: String) -> String? { sandbox.dynamics.field("SalesOrderPoolId", salesOrder: salesOrder) }
}

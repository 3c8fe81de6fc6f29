import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("How far a D365 sales order has come is told in Commerce", .timeLimit(.minutes(5)))
struct OrderStatusRoadTests {
    private let subject = "sales order usmf/SO-000001"

    private func run(
        _ change: (inout SandboxConfiguration) -> Void = { _ in }, more: String = "",
        _ body: (Rig) async throws -> Void
    ) async throws {
        try await Rig.run(
            ShipmentRoadTests.platforms(change), more: more, text: { $0.eventRoutes = ShipmentRoadTests.routes }
        ) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await body(rig)
        }
    }

    @Test("a confirmation becomes a comment with its day, once")
    func confirmed() async throws {
        try await run { rig in
            let day = Date(timeIntervalSince1970: 1_768_521_600)
            for state in [DeliveryState.done, .skipped] {
                try await rig.sandbox.dynamics.confirm(
                    salesOrder: "SO-000001", dataAreaId: "usmf", shipping: day)
                #expect(try await rig.outcomes.next(of: subject).state == state)
            }
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            let text = "Sales order SO-000001 is Confirmed in Dynamics 365, shipping on 2026-01-16."
            #expect(order.comments.count { $0 == text } == 1)
            #expect(order.state == "new" && order.status == "pending")
        }
    }

    @Test("an order that F&O cancels is cancelled in Commerce, and the circle ends there")
    func cancelled() async throws {
        try await run({ $0.commerce.sendsWebhooksAfterWrites = true }) { rig in
            try await rig.sandbox.dynamics.cancelRemainder(salesOrder: "SO-000001", dataAreaId: "usmf")
            #expect(try await rig.outcomes.next(of: subject).state == .done)
            #expect(rig.sandbox.commerce.order(incrementID: "000000001")?.state == "canceled")
            try await rig.outcomes.wait {
                $0.ends["order 000000001"]?.contains(.done(summary: "SO-000001: cancelled in F&O already")) == true
            }
            #expect(rig.salesOrder("000000001")?.lines.count == 3)
        }
    }

    @Test("an order that is complete in Commerce is not cancelled, but given to a person")
    func tooLate() async throws {
        try await run { rig in
            #expect(try await rig.ship("SO-000001", lines: [1: 3, 2: 1]).state == .done)
            #expect(try await rig.invoice("SO-000001", lines: [1: 3, 2: 1]).state == .done)
            rig.sandbox.dynamics.setStatus("Canceled", salesOrder: "SO-000001")
            let event = """
                {"BusinessEventId":"AcmeOrderStatus","ControlNumber":1,"LegalEntity":"USMF","OrderNum":"SO-000001",
                "EventId":"7A0B1C1E-0000-4000-8000-000000000003"}
                """
            let path = "/events/dynamics/\(rig.text.eventToken)"
            #expect(try await rig.send(.post, path, body: Array(event.utf8)).status == 202)
            let outcome = try await rig.outcomes.next(of: subject)
            #expect(outcome.state == .parked && outcome.reason?.code == "order-not-cancelable")
        }
    }

    @Test("a cancelled line becomes a comment, since Commerce cancels no single line")
    func cancelledLine() async throws {
        try await run { rig in
            try await rig.sandbox.dynamics.cancelRemainder(salesOrder: "SO-000001", dataAreaId: "usmf", line: 2)
            #expect(try await rig.outcomes.next(of: subject).state == .done)
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(order.comments.contains("Cancelled in Dynamics 365 (usmf): 1 × LAMP-02."))
            #expect(order.state == "new")
        }
    }

    @Test("a sales order that did not come from Commerce is skipped")
    func foreign() async throws {
        try await run { rig in
            let event = """
                {"BusinessEventId":"AcmeOrderStatus","ControlNumber":1,"LegalEntity":"usmf",
                "EventId":"7A0B1C1E-0000-4000-8000-000000000004"}
                """
            let path = "/events/dynamics/\(rig.text.eventToken)"
            #expect(try await rig.send(.post, path, body: Array(event.utf8)).status == 202)
            try await rig.outcomes.wait { story in
                story.ends.values.joined().contains { $0.reason?.code == "unreadable-event" }
            }
        }
    }
}

import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("A D365 invoice becomes a Commerce invoice", .timeLimit(.minutes(5)))
struct InvoiceRoadTests {
    @Test("a whole invoice settles the order")
    func whole() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001").state == .done)
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(order.invoiceIDs.count == 1)
            #expect(order.totalInvoiced == order.grandTotal)
        }
    }

    @Test("several partial invoices cover what each of them names")
    func partial() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001", lines: [1: 2]).state == .done)
            #expect(try await rig.invoice("SO-000001", lines: [1: 1, 2: 1]).state == .done)
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(order.items.map(\.quantityInvoiced) == [3, 1])
            #expect(order.invoiceIDs.count == 2)
        }
    }

    @Test("an invoice over several orders becomes one in each, where the lines say which is whose")
    func summary() async throws {
        try await Rig.run(
            more: Rig.quick + "\ninvoices: { orderProperty: OriginalSalesOrderNumber }"
        ) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.carry(.configurable(incrementID: "000000002"))
            try await rig.sandbox.dynamics.postSummaryInvoice(
                salesOrders: ["SO-000001", "SO-000002"], dataAreaId: "usmf")
            #expect(try await rig.outcomes.next(of: "SalesInvoicePosted usmf/CIV-000001").state == .done)
            for number in ["000000001", "000000002"] {
                let order = try #require(rig.sandbox.commerce.order(incrementID: number))
                #expect(order.invoiceIDs.count == 1 && order.totalInvoiced == order.grandTotal)
            }
        }
    }

    @Test("an invoice over several orders is given to a person where its lines don't say which is whose")
    func summaryWithoutProperty() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.sandbox.dynamics.postSummaryInvoice(salesOrders: ["SO-000001"], dataAreaId: "usmf")
            let outcome = try await rig.outcomes.next(of: "SalesInvoicePosted usmf/CIV-000001")
            #expect(outcome.state == .parked && outcome.reason?.code == "summary-invoice")
        }
    }

    @Test("the payment is captured where its method says so", arguments: [("always", true), ("online", false)])
    func capture(_ rule: String, _ isPaid: Bool) async throws {
        try await Rig.run(more: Rig.quick + "\ninvoices: { capture: \(rule) }") { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001").state == .done)
            #expect(rig.sandbox.commerce.snapshot().invoices.map(\.isPaid) == [isPaid])
        }
    }

    @Test("a configurable product is invoiced by its parent's row")
    func configurable() async throws {
        try await Rig.run { rig in
            try await rig.carry(.configurable(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001").state == .done)
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(order.totalInvoiced == order.grandTotal)
        }
    }

    @Test("an invoice whose answer was lost is not created twice")
    func answerLost() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            rig.sandbox.commerce.faults.update { $0.cutAfterCommit = 0.7 }
            #expect(try await rig.invoice("SO-000001", lines: [1: 1]).state == .done)
            #expect(try await rig.invoice("SO-000001", lines: [1: 1]).state == .done)
            #expect(rig.sandbox.commerce.order(incrementID: "000000001")?.invoiceIDs.count == 2)
        }
    }

    @Test("a replayed invoice event creates nothing new")
    func replayed() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.invoice("SO-000001")
            let event = try #require(rig.outcomes.story.newest["sales order usmf/SO-000001"])
            let answer = try await rig.operate(
                .post, "/events/\(event)/replay", body: #"{"all":true,"by":"anna","why":"to be sure"}"#)
            #expect(answer.status == 200)
            #expect(try await rig.outcomes.next(of: "sales order usmf/SO-000001").state == .done)
            #expect(rig.sandbox.commerce.order(incrementID: "000000001")?.invoiceIDs.count == 1)
        }
    }

    @Test("a second event of an invoice is the same event, and calls nobody")
    func carriedBefore() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.invoice("SO-000001")
            let calls = rig.sandbox.dynamics.requestCounts
            let event = """
                {"BusinessEventId":"SalesInvoicePostedBusinessEvent","BusinessEventLegalEntity":"usmf",
                "ControlNumber":1,"EventId":"7A0B1C1E-0000-4000-8000-000000000002","InvoiceAccount":"C-000001",
                "InvoiceAmountInAccountingCurrency":1,"InvoiceTaxAmount":0,"InvoiceId":"CIV-000001",
                "LegalEntity":"usmf","SalesOrderId":"SO-000001"}
                """
            let path = "/events/dynamics/\(rig.text.eventToken)"
            let answer = try await rig.send(.post, path, body: Array(event.utf8))
            #expect(String(decoding: answer.body, as: UTF8.self).contains("duplicate"))
            #expect(rig.sandbox.dynamics.requestCounts == calls)
        }
    }

    @Test("an edited copy of an invoice that was carried is skipped, and reads nothing")
    func carriedAsCopy() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.invoice("SO-000001")
            let subject = "sales order usmf/SO-000001"
            let event = try #require(rig.outcomes.story.newest[subject])
            let body = try await rig.operate(.get, "/events/\(event)/body").body
            let calls = rig.sandbox.dynamics.requestCounts
            let members = #""bodyBase64":"\#(Base64.encode(body + [0x20]))""#
            _ = try await rig.ask(.post, "/events/\(event)/resend", members, status: 201)
            let outcome = try await rig.outcomes.next(of: subject)
            #expect(outcome.state == .skipped && outcome.reason?.code == "invoice-carried")
            #expect(rig.sandbox.dynamics.requestCounts == calls)
        }
    }

    @Test("an event that names another sales order than the invoice has is parked, and invoices nothing")
    func anotherOrder() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.carry(.simple(incrementID: "000000002"))
            // Its own event is lost.
            rig.sandbox.setGateway(webhookURL: nil, eventURL: nil)
            try await rig.sandbox.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
            let event = """
                {"BusinessEventId":"SalesInvoicePostedBusinessEvent","BusinessEventLegalEntity":"usmf",
                "ControlNumber":1,"EventId":"7A0B1C1E-0000-4000-8000-000000000001","InvoiceAccount":"C-000001",
                "InvoiceAmountInAccountingCurrency":1,"InvoiceTaxAmount":0,"InvoiceId":"CIV-000001",
                "LegalEntity":"usmf","SalesOrderId":"SO-000002"}
                """
            let path = "/events/dynamics/\(rig.text.eventToken)"
            #expect(try await rig.send(.post, path, body: Array(event.utf8)).status == 202)
            let outcome = try await rig.outcomes.next(of: "sales order usmf/SO-000002")
            #expect(outcome.reason?.code == "invoice-of-another-order")
            #expect(outcome.state == .parked)
            #expect(rig.sandbox.commerce.order(incrementID: "000000002")?.invoiceIDs == [])
        }
    }

    @Test("the test event of D365 is answered and goes nowhere")
    func testEvent() async throws {
        try await Rig.run { rig in
            #expect(try await rig.sandbox.dynamics.sendTestEvent())
            let events = try await rig.operate(.get, "/events")
            #expect(String(decoding: events.body, as: UTF8.self).contains("BusinessEventsTest") == false)
        }
    }

    @Test("a wrong token in the path is answered like a path that does not exist")
    func wrongToken() async throws {
        try await Rig.run { rig in
            let answer = try await rig.send(
                .post, "/events/dynamics/wrong-token-of-strangers", body: Array("{}".utf8))
            #expect(answer.status == 404)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }
}

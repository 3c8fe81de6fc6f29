import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("The operator's surface of the sandbox")
struct OperatorSurfaceTests {
    @Test(
        "An order of each kind can be placed, and the gateway's answer is reported",
        arguments: OrderTicket.kinds.keys.sorted())
    func place(_ kind: String) async throws {
        let stage = try Stage()
        stage.sandbox.setGateway(webhookURL: "http://gateway/", eventURL: nil)
        let answer = await send(stage, .post, "orders", #"{"kind":"\#(kind)","storeID":2}"#)
        #expect(answer.status == 201)
        #expect(try answer.number("gatewayStatus") == 200)
        #expect(try answer.text("incrementID") == "2000000001")
        #expect(stage.commerce.order(incrementID: "2000000001")?.storeID == 2)
    }

    @Test(
        "A wrong request says what is wrong and changes nothing",
        arguments: [
            (HTTPRequest.Method.post, "orders", #"{"kind":"odd"}"#, 400, #"There is no kind "odd""#),
            (.post, "orders", #"{"storeID":0}"#, 400, "at least 1"),
            (.post, "orders", #"{"store":2}"#, 400, #""store" is not known here"#),
            (.post, "orders", "[]", 400, "no JSON object"),
            (.post, "orders", "{}", 409, "no webhook URL is set"),
            (.post, "invoices", #"{"salesOrder":"SO-1"}"#, 400, #""dataAreaId" is missing"#),
            (.post, "invoices", #"{"salesOrder":"SO-1","dataAreaId":"usmf"}"#, 409, "no sales order SO-1"),
            (.post, "invoices", #"{"salesOrder":"SO-1","dataAreaId":"usmf","lines":{"a":1}}"#, 400, "line numbers"),
            (.put, "faults", #"{"dynamics":{"cutAfterCommit":1.5}}"#, 400, "must be in 0...1"),
            (.put, "faults", #"{"commerce":{"isAway":true},"dynamics":{"nextServerErrors":-1}}"#, 400, "at least 0"),
            (.put, "faults", #"{"dynamics":{"away":true}}"#, 400, #""away" is not known here"#),
            (.post, "items", #"{"number":"A","dataAreaId":"xyz"}"#, 409, "no legal entity xyz"),
            (.post, "events/test", "", 409, "no event URL is set"),
            (.get, "orders", "", 404, "There is no GET"),
            (.post, "orders", #"{"send":"no"}"#, 400, #""send" is not true or false"#),
            (.get, "webhooks/000000009", "", 404, "there is no order 000000009"),
            (.get, "webhooks/", "", 404, "there is no order"),
            (.post, "webhooks/000000009", "", 404, "There is no POST"),
        ])
    func refusals(
        _ method: HTTPRequest.Method, _ path: String, _ body: String, _ status: Int, _ text: String
    ) async throws {
        let stage = try Stage()
        let answer = await send(stage, method, path, body)
        #expect(answer.status == status)
        #expect(try answer.text("error").contains(text), "\(answer.body)")
        #expect(stage.commerce.faults.plan == .none && stage.dynamics.faults.plan == .none)
    }

    @Test("An order that is not sent can be sent by hand: its webhook is given out as it would go over the wire")
    func webhook() async throws {
        let stage = try Stage()
        stage.sandbox.setGateway(webhookURL: "http://gateway/", eventURL: nil)
        let placed = await send(stage, .post, "orders", #"{"kind":"guest","send":false}"#)
        #expect(placed.status == 201)
        #expect(placed["gatewayStatus"] == nil)
        #expect(stage.transport.requests.isEmpty)

        let incrementID = try placed.text("incrementID")
        let webhook = await send(stage, .get, "webhooks/\(incrementID)", "")
        #expect(try webhook.text("data.order.increment_id") == incrementID)
        _ = try await stage.commerce.sendWebhook(incrementID: incrementID)
        let sent = try #require(stage.transport.requests.first)
        #expect(sent.body == webhook.response.body)
        let signature = try #require(HTTPField.Name("x-adobe-commerce-webhook-signature"))
        #expect(webhook.response.headers[signature] == sent.headers[signature])
    }

    @Test("Faults are replaced per platform, and a knob left out is off")
    func faults() async throws {
        let stage = try Stage()
        stage.dynamics.faults.plan.isAway = true
        let answer = await send(
            stage, .put, "faults",
            #"{"dynamics":{"cutAfterCommit":0.05,"latencyMilliseconds":20,"retryAfterSeconds":null}}"#)
        var plan = FaultPlan()
        plan.cutAfterCommit = 0.05
        plan.latency = .milliseconds(20)
        plan.retryAfterSeconds = nil
        #expect(stage.dynamics.faults.plan == plan)
        #expect(try answer.number("dynamics.cutAfterCommit") == Decimal(5) / 100)
        #expect(stage.commerce.faults.plan == .none)
    }

    @Test("The state shows orders, invoices, doubles, faults and request counts of both platforms")
    func state() async throws {
        let stage = try Stage()
        try stage.commerce.register(.simple(incrementID: "000000001"))
        let order = try await stage.createOrder(try await stage.createCustomer())
        try await stage.createLine(order)
        let invoice = await send(
            stage, .post, "invoices", #"{"salesOrder":"\#(order)","dataAreaId":"usmf","lines":{"1":1}}"#)
        #expect(try invoice.text("invoiceNumber") == "CIV-000001")
        let state = await send(stage, .get, "state", "")
        #expect(try state.text("commerce.orders.0.incrementID") == "000000001")
        #expect(try state.text("dynamics.orders.0.processingStatus") == "PartiallyInvoiced")
        #expect(try state.number("dynamics.invoiceCount") == 1)
        #expect(try state.number("dynamics.requests.POST /data/SalesOrderHeadersV2") == 1)
        #expect(state["doubles.orders"] == [])
        #expect(state["faults.commerce.isAway"] == false)
    }

    @Test("Beside the operator's paths the shop answers as ever")
    func beside() async throws {
        let answer = await send(try Stage(), .get, "/rest/V1/orders", "")
        #expect(answer.status == 401)
    }

    private func send(_ stage: Stage, _ method: HTTPRequest.Method, _ path: String, _ body: String) async -> Answer {
        let site = SandboxSite(
            platform: stage.commerce, operatorSurface: OperatorSurface(stage.commerce, stage.dynamics))
        return Answer(
            await site.respond(
                to: Request(
                    method: method, path: path.hasPrefix("/") ? path : "/sandbox/v1/" + path,
                    body: Array(body.utf8))))
    }
}

import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("What the sandbox breaks on purpose")
struct BreakingTests {
    private func broken(_ stage: Stage, _ body: String) async throws -> Response {
        let surface = OperatorSurface(stage.commerce, stage.dynamics)
        return await surface.respond(
            to: Request(method: .post, path: "/sandbox/v1/breaks", body: Array(body.utf8)))
    }

    /// A stage with an order on both sides.
    private func stage() async throws -> (stage: Stage, salesOrder: String) {
        let stage = try Stage()
        try stage.commerce.register(.simple(incrementID: "000000001"))
        let order = try await stage.createOrder(try await stage.createCustomer())
        try await stage.createLine(order)
        return (stage, order)
    }

    @Test("a sales order is lost with its lines, entered twice, or has another price")
    func salesOrders() async throws {
        let (stage, order) = try await stage()
        let place = #""salesOrder":"\#(order)","dataAreaId":"usmf""#
        #expect(try await broken(stage, #"{"what":"changePrice","price":1,"line":1,\#(place)}"#).status == .ok)
        #expect(stage.dynamics.snapshot().orders[0].lines[0].salesPrice == 1)
        #expect(try await broken(stage, #"{"what":"doubleSalesOrder",\#(place)}"#).status == .ok)
        let orders = stage.dynamics.snapshot().orders
        #expect(orders.count == 2 && orders[0].lines.map(\.lineAmount) == orders[1].lines.map(\.lineAmount))
        #expect(try await broken(stage, #"{"what":"loseSalesOrder",\#(place)}"#).status == .ok)
        #expect(stage.dynamics.snapshot().orders.map(\.salesOrderNumber) == [orders[1].salesOrderNumber])
    }

    @Test("an invoice is posted and nobody is told; states change behind everybody's back")
    func silence() async throws {
        let (stage, order) = try await stage()
        let place = #""salesOrder":"\#(order)","dataAreaId":"usmf""#
        #expect(
            try await broken(stage, #"{"what":"setSalesOrderStatus","status":"Delivered",\#(place)}"#).status == .ok)
        #expect(stage.dynamics.snapshot().orders[0].processingStatus == "Delivered")
        #expect(try await broken(stage, #"{"what":"loseInvoiceEvent",\#(place)}"#).status == .ok)
        #expect(stage.dynamics.snapshot().invoices.count == 1)
        let canceled = #"{"what":"setOrderState","state":"canceled","order":"000000001"}"#
        #expect(try await broken(stage, canceled).status == .ok)
        #expect(stage.commerce.order(incrementID: "000000001")?.state == "canceled")
        #expect(stage.transport.requests.isEmpty)
    }

    @Test(
        "what is not there cannot be broken",
        arguments: [
            ("{}", 400), (#"{"what":"theDisk"}"#, 400), (#"{"what":"loseSalesOrder"}"#, 400),
            (#"{"what":"loseSalesOrder","salesOrder":"SO-9","dataAreaId":"usmf"}"#, 409),
            (#"{"what":"changePrice","price":1,"line":9,"salesOrder":"SO-000001","dataAreaId":"usmf"}"#, 409),
            (#"{"what":"dropNumber","order":"9"}"#, 409), (#"{"what":"setOrderState","order":"000000001"}"#, 400),
            (#"{"what":"dropNumber","who":"me"}"#, 400),
        ])
    func refused(_ body: String, _ status: Int) async throws {
        let (stage, _) = try await stage()
        #expect(try await broken(stage, body).status.code == status)
        #expect(stage.dynamics.snapshot().orders.count == 1)
    }
}

import Foundation
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Writing to the simulated Commerce")
struct CommerceWriteTests {
    struct Refused: CustomTestStringConvertible {
        let testDescription: String
        let path: String
        let body: String
        let status: Int
        let text: String
    }

    /// `ORDER` stands for the entity id, `ROW` for the first row's id, `CHILD` for the second row's.
    @Test(
        "What Commerce would refuse is refused",
        arguments: [
            Refused(
                testDescription: "no JSON", path: "orders", body: "{", status: 400, text: "Decoding error"),
            Refused(
                testDescription: "no entity", path: "orders", body: "{}", status: 400,
                text: #"{"fieldName":"entity"}"#),
            Refused(
                testDescription: "no entity id", path: "orders", body: #"{"entity":{"ext_order_id":"SO-1"}}"#,
                status: 400, text: #"{"fieldName":"entity_id"}"#),
            Refused(
                testDescription: "unknown order", path: "orders",
                body: #"{"entity":{"entity_id":1,"ext_order_id":"SO-1"}}"#, status: 404, text: "doesn't exist"),
            Refused(
                testDescription: "unknown field", path: "orders",
                body: #"{"entity":{"entity_id":ORDER,"extOrderId":"SO-1"}}"#, status: 400, text: "getExtOrderId"),
            Refused(
                testDescription: "number for text", path: "orders",
                body: #"{"entity":{"entity_id":ORDER,"ext_order_id":5}}"#, status: 400, text: "type is invalid"),
            Refused(
                testDescription: "another order's increment id", path: "orders",
                body: #"{"entity":{"entity_id":ORDER,"increment_id":"9"}}"#, status: 400, text: "increment id"),
            Refused(
                testDescription: "changed total", path: "orders",
                body: #"{"entity":{"entity_id":ORDER,"grand_total":1}}"#, status: 400, text: "grand_total"),
            Refused(
                testDescription: "comment without text", path: "orders/ORDER/comments",
                body: #"{"statusHistory":{"is_customer_notified":0,"is_visible_on_front":0,"parent_id":ORDER}}"#,
                status: 400, text: #"{"fieldName":"comment"}"#),
            Refused(
                testDescription: "comment for another order", path: "orders/ORDER/comments",
                body: """
                    {"statusHistory":{"comment":"x","is_customer_notified":0,"is_visible_on_front":0,"parent_id":1}}
                    """, status: 400, text: "parent_id"),
            Refused(
                testDescription: "comment at the top level", path: "orders/ORDER/comments",
                body: #"{"comment":"x"}"#, status: 400, text: #"{"fieldName":"statusHistory"}"#),
            Refused(
                testDescription: "comment on an unknown order", path: "orders/1/comments",
                body: """
                    {"statusHistory":{"comment":"x","is_customer_notified":0,"is_visible_on_front":0,"parent_id":1}}
                    """, status: 404, text: "doesn't exist"),
            Refused(
                testDescription: "invoice of a row of no order", path: "order/ORDER/invoice",
                body: #"{"items":[{"order_item_id":1,"qty":1}]}"#, status: 400, text: "not part of the original order"
            ),
            Refused(
                testDescription: "invoice of too much", path: "order/ORDER/invoice",
                body: #"{"items":[{"order_item_id":ROW,"qty":3}]}"#, status: 400, text: "uninvoiced quantity"),
            Refused(
                testDescription: "invoice of a child only", path: "order/ORDER/invoice",
                body: #"{"items":[{"order_item_id":CHILD,"qty":1}]}"#, status: 400, text: "without products"),
            Refused(
                testDescription: "invoice of nothing", path: "order/ORDER/invoice",
                body: #"{"items":[{"order_item_id":ROW,"qty":0}]}"#, status: 400, text: "without products"),
            Refused(
                testDescription: "invoice row without quantity", path: "order/ORDER/invoice",
                body: #"{"items":[{"order_item_id":ROW}]}"#, status: 400, text: #"{"fieldName":"qty"}"#),
            Refused(
                testDescription: "invoice with an unknown field", path: "order/ORDER/invoice",
                body: #"{"invoice":{}}"#, status: 400, text: "getInvoice"),
            Refused(
                testDescription: "invoice by increment id", path: "order/000000001/invoice", body: "{}", status: 404,
                text: "doesn't exist"),
            Refused(
                testDescription: "capture as text", path: "order/ORDER/invoice", body: #"{"capture":"yes"}"#,
                status: 400, text: "boolean"),
        ])
    func refusals(_ row: Refused) async throws {
        let stage = try Stage()
        let id = try stage.commerce.register(.configurable(incrementID: "000000001"))
        let items = try #require(stage.commerce.order(incrementID: "000000001")?.items)
        func filled(_ text: String) -> String {
            text.replacing("ORDER", with: "\(id)").replacing("ROW", with: "\(items[0].itemID)")
                .replacing("CHILD", with: "\(items[1].itemID)")
        }
        let answer = try await stage.commerce(.post, filled(row.path), filled(row.body))
        #expect(answer.status == row.status)
        #expect(answer.body.replacing("\\\"", with: "\"").contains(row.text), "\(answer.body)")
        let order = try #require(stage.commerce.order(incrementID: "000000001"))
        #expect(order.extOrderID == nil && order.comments.isEmpty && order.invoiceIDs.isEmpty)
    }

    @Test("The ERP's number is written back and found again; the token without a JSON content type is not enough")
    func writeBack() async throws {
        let stage = try Stage()
        let id = try stage.commerce.register(.simple(incrementID: "1"))
        let body = #"{"entity":{"entity_id":\#(id),"increment_id":"1","ext_order_id":"SO-000001"}}"#
        let answer = try await stage.commerce(.post, "orders", body)
        #expect(answer.status == 200)
        #expect(try answer.text("ext_order_id") == "SO-000001")
        let found = try await stage.commerce(
            .get,
            "orders?searchCriteria[filter_groups][0][filters][0][field]=ext_order_id"
                + "&searchCriteria[filter_groups][0][filters][0][value]=SO-000001")
        #expect(try found.number("items.0.entity_id") == Decimal(id))
    }

    @Test("A comment is kept and listed, and its status becomes the order's")
    func comment() async throws {
        let stage = try Stage()
        let id = try stage.commerce.register(.simple(incrementID: "1"))
        let answer = try await stage.commerce(
            .post, "orders/\(id)/comments",
            """
            {"statusHistory":{"comment":"D365 SO-1","is_customer_notified":0,"is_visible_on_front":0,
             "parent_id":\(id),"status":"processing"}}
            """)
        #expect(answer.body == "true")
        let listed = try await stage.commerce(.get, "orders/\(id)/comments")
        #expect(try listed.text("items.0.comment") == "D365 SO-1")
        #expect(stage.commerce.order(incrementID: "1")?.status == "processing")
    }

    @Test("Partial invoices add up to the order, to the cent, and the last one takes the rest")
    func partialInvoices() async throws {
        let stage = try Stage()
        var order = SandboxOrder.simple(incrementID: "1").with(quantity: 7)
        order.discountPercent = 13
        let id = try stage.commerce.register(order)
        let row = try #require(stage.commerce.order(incrementID: "1")?.items.first?.itemID)
        for quantity in [3, 3] {
            let answer = try await stage.commerce(
                .post, "order/\(id)/invoice",
                #"{"capture":true,"items":[{"order_item_id":\#(row),"qty":\#(quantity)}]}"#)
            #expect(answer.status == 200)
        }
        #expect(try await stage.commerce(.post, "order/\(id)/invoice", #"{"capture":true}"#).body == "3")
        let snapshot = stage.commerce.snapshot()
        let stored = try #require(snapshot.order(incrementID: "1"))
        #expect(snapshot.invoices.reduce(0) { $0 + $1.grandTotal } == stored.grandTotal)
        #expect(snapshot.invoices.map(\.shippingAmount) == [10, 0, 0])
        #expect(stored.totalInvoiced == stored.grandTotal && stored.totalDue == 0)
        #expect(stored.state == "processing" && stored.invoiceIDs == [1, 2, 3])
        #expect(stored.items.allSatisfy { $0.quantityInvoiced == $0.quantityOrdered })
        let again = try await stage.commerce(.post, "order/\(id)/invoice", "{}")
        #expect(again.status == 400)
        #expect(again.body.contains("The order does not allow an invoice to be created."))
        let listed = try await stage.commerce(
            .get,
            "invoices?searchCriteria[filter_groups][0][filters][0][field]=order_id"
                + "&searchCriteria[filter_groups][0][filters][0][value]=\(id)")
        #expect(try listed.number("total_count") == 3)
        #expect(try listed.number("items.0.items.0.qty") == 3)
    }

    @Test("A virtual order is complete once it is invoiced")
    func virtualComplete() async throws {
        let stage = try Stage()
        let id = try stage.commerce.register(.virtual(incrementID: "1"))
        _ = try await stage.commerce(.post, "order/\(id)/invoice", #"{"capture":false}"#)
        let order = try #require(stage.commerce.order(incrementID: "1"))
        #expect(order.state == "complete" && order.totalDue == order.grandTotal)
    }
}

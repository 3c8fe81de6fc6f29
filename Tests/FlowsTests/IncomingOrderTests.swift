import Commerce
import Relay
import Testing

@testable import Flows

@Suite("What an event says about an order")
struct IncomingOrderTests {
    private func incoming(_ body: String) throws(Verdict) -> IncomingOrder {
        try IncomingOrder(
            StoredEvent(
                id: EventID(1), source: "commerce", kind: "order", subject: "order 000000042",
                receivedAt: Timestamp(millisecondsSince1970: 0), body: Array(body.utf8)))
    }

    private static let order = """
        {"increment_id":"000000042","order_currency_code":"EUR","base_currency_code":"EUR","grand_total":1,\
        "items":[{"sku":"A","qty_ordered":1,"price":1,"row_total":1,"product_type":"simple"}]}
        """

    private static func event(_ value: String) -> String {
        #"{"specversion":"1.0","type":"com.adobe.commerce.order_paid","data":{"value":\#(value)}}"#
    }

    @Test("A webhook says all of it")
    func webhook() throws {
        guard case .whole(let order) = try incoming(#"{"data":{"order":\#(Self.order)}}"#) else {
            throw Verdict.park("test", "not whole")
        }
        #expect(order.incrementID == "000000042")
    }

    @Test(
        "An event says that it changed, however much of it is in there",
        arguments: [order, #"{"increment_id":"000000042"}"#])
    func changed(value: String) throws {
        #expect(try incoming(Self.event(value)) == .changed(OrderNotice(incrementID: "000000042")))
    }

    @Test(
        "What does not say which order it is waits for a person",
        arguments: [event("{}"), event("null"), #"{"specversion":"1.0"}"#, "{}", "no JSON"])
    func unreadable(body: String) {
        let verdict = #expect(throws: Verdict.self) { try incoming(body) }
        #expect(verdict?.disposition == .park && verdict?.reason.code == "unreadable-order")
    }
}

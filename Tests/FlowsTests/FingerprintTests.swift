import Commerce
import Foundation
import Relay
import Testing

@testable import Flows

@Suite("What was carried of an order")
struct FingerprintTests {
    private func fingerprint(_ change: (inout CommerceOrder) -> Void = { _ in }) throws -> Fingerprint {
        var order = sampleOrder()
        change(&order)
        return try SalesOrderDraft(order.settled(), policy: samplePolicy()).fingerprint()
    }

    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let make: @Sendable (inout CommerceOrder) -> Void

        init(_ testDescription: String, _ make: @escaping @Sendable (inout CommerceOrder) -> Void) {
            self.testDescription = testDescription
            self.make = make
        }
    }

    @Test("is a digest that belongs to the order in its legal entity")
    func key() throws {
        let fingerprint = try fingerprint()
        #expect(fingerprint.key == LinkKey(kind: "order", scope: "usmf", key: "000000042"))
        #expect(fingerprint.digest.count == 32)
    }

    @Test(
        "stays the same for what our own writing changes, and however an amount is written",
        arguments: [
            Change("nothing", { _ in }),
            Change("status and state", { ($0.state, $0.status) = ("processing", "processing") }),
            Change("ids that a saved order has", { ($0.entityID, $0.items[0].itemID) = (43, 201) }),
            Change(
                "zeros at the end",
                {
                    $0.items[0].rowTotal = Decimal(sign: .plus, exponent: -4, significand: 250_000)
                    $0.items[0].qtyOrdered = Decimal(sign: .plus, exponent: -4, significand: 20_000)
                }),
            Change("case of the e-mail address", { $0.customer.email = "renee@example.com" }),
        ])
    func same(_ change: Change) throws {
        #expect(try fingerprint(change.make) == fingerprint())
    }

    @Test(
        "differs for what a person changes",
        arguments: [
            Change("street", { $0.shippingAddress?.street = ["Lindenweg 8"] }),
            Change("quantity", { $0.items[0].qtyOrdered = 3 }),
            Change("a cent", { ($0.items[1].rowTotal, $0.totals.subtotal) = (money("49.91"), money("74.91")) }),
            Change(
                "a line less",
                {
                    $0.items.removeLast()
                    $0.totals.subtotal = 25
                }),
            Change("address of the bill", { $0.billingAddress?.telephone = "1" }),
            Change("purchase order number", { $0.payment?.poNumber = "PO-77" }),
        ])
    func differs(_ change: Change) throws {
        #expect(try fingerprint(change.make).digest != fingerprint().digest)
    }
}

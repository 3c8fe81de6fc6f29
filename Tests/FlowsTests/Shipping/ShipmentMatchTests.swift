import Commerce
import Foundation
import Relay
import Testing

@testable import Flows

@Suite("Which order items a packing slip covers")
struct ShipmentMatchTests {
    private func shipped(
        _ lines: [(String, Decimal, Int)], of order: CommerceOrder = sampleOrder(),
        bundles: BundleShipping = .together
    ) throws -> [Int: Decimal] {
        let match = ShipmentMatch(
            order: order, packingSlip: "PS-1", charges: ["FREIGHT"], bundles: bundles, isSame: { $0 == $1 })
        let items = try match.items(
            shippedBy: lines.map { ItemMatch.Line(productNumber: $0.0, quantity: $0.1, sequence: $0.2) })
        return Dictionary(uniqueKeysWithValues: items.map { ($0.orderItemID, $0.qty) })
    }

    /// One bundle of a lamp and two mugs, ordered twice.
    private func bundleOrder() -> CommerceOrder {
        var order = sampleOrder()
        order.items = [
            CommerceOrderItem(itemID: 301, productType: "bundle", sku: "DESK-SET", qtyOrdered: 2),
            CommerceOrderItem(itemID: 302, parentItemID: 301, sku: "LAMP-02", qtyOrdered: 2, price: 20, rowTotal: 40),
            CommerceOrderItem(itemID: 303, parentItemID: 301, sku: "MUG-01", qtyOrdered: 4, price: 10, rowTotal: 40),
        ]
        order.totals.subtotal = 80
        return order
    }

    @Test("what is named, and no shipping charge")
    func partial() throws {
        #expect(try shipped([("MUG-01", 1, 1), ("FREIGHT", 1, 3)]) == [101: 1])
    }

    @Test("only what is left to ship counts, so that a product on two lines finds the right one")
    func twoLines() throws {
        var order = sampleOrder()
        order.items[1].sku = "MUG-01"
        order.items[0].qtyShipped = 2
        #expect(try shipped([("MUG-01", 1, 0)], of: order) == [102: 1])
    }

    @Test("a configurable product is shipped by its parent's item, found by the child's SKU")
    func configurable() throws {
        var order = sampleOrder()
        order.items = [
            CommerceOrderItem(itemID: 201, productType: "configurable", sku: "TEE", qtyOrdered: 2, rowTotal: 40),
            CommerceOrderItem(itemID: 202, parentItemID: 201, sku: "TEE-M-RED", qtyOrdered: 2),
        ]
        order.totals.subtotal = 40
        #expect(try shipped([("TEE-M-RED", 2, 1)], of: order) == [201: 2])
    }

    @Test("a bundle leaves with the first of its parts, as many as the part was shipped for")
    func bundleTogether() throws {
        #expect(try shipped([("LAMP-02", 2, 1), ("MUG-01", 4, 2)], of: bundleOrder()) == [301: 2])
        #expect(try shipped([("MUG-01", 1, 2)], of: bundleOrder()) == [301: 1])
    }

    @Test("the parts of a bundle that is shipped separately are items of their own")
    func bundleSeparately() throws {
        #expect(try shipped([("MUG-01", 1, 2)], of: bundleOrder(), bundles: .separately) == [303: 1])
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let lines: [(String, Decimal, Int)]
        let code: String
        let change: @Sendable (inout CommerceOrder) -> Void

        init(
            _ testDescription: String, _ lines: [(String, Decimal, Int)], _ code: String,
            _ change: @escaping @Sendable (inout CommerceOrder) -> Void = { _ in }
        ) {
            self.testDescription = testDescription
            self.lines = lines
            self.code = code
            self.change = change
        }
    }

    @Test(
        "what cannot be shipped is refused with a reason",
        arguments: [
            Refusal("more than ordered", [("MUG-01", 3, 1)], "shipment-exceeds-order"),
            Refusal("more than is left", [("MUG-01", 2, 1)], "shipment-exceeds-order") { $0.items[0].qtyShipped = 1 },
            Refusal("more than is not cancelled", [("MUG-01", 2, 1)], "shipment-exceeds-order") {
                $0.items[0].qtyCanceled = 1
            },
            Refusal("a stranger", [("CHAIR-09", 1, 1)], "shipment-of-unknown-product"),
            Refusal("nothing but charges", [("FREIGHT", 1, 1)], "nothing-to-ship"),
            Refusal("what is virtual", [("MUG-01", 1, 1)], "nothing-to-ship") { $0.items[0].isVirtual = true },
        ])
    func refused(_ refusal: Refusal) throws {
        var order = sampleOrder()
        refusal.change(&order)
        #expect {
            _ = try shipped(refusal.lines, of: order)
        } throws: {
            ($0 as? Verdict)?.reason.code == refusal.code
        }
    }
}

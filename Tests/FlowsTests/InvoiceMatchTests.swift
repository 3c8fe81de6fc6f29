import Commerce
import Foundation
import Relay
import Testing

@testable import Flows

@Suite("Which order items an F&O invoice covers")
struct InvoiceMatchTests {
    typealias Line = InvoiceMatch.Line

    private func items(_ lines: [Line], of order: CommerceOrder = sampleOrder()) throws -> [Int: Decimal] {
        let items = try InvoiceMatch.items(
            of: order, invoicedBy: lines, charges: ["FREIGHT"], invoiceNumber: "CIV-1")
        return Dictionary(uniqueKeysWithValues: items.map { ($0.orderItemID, $0.qty) })
    }

    @Test("a whole invoice covers every item, and shipping is no item")
    func whole() throws {
        let found = try items([
            Line(productNumber: "MUG-01", quantity: 2, sequence: 1),
            Line(productNumber: "LAMP-02", quantity: 1, sequence: 2),
            Line(productNumber: "FREIGHT", quantity: 1, sequence: 3),
        ])
        #expect(found == [101: 2, 102: 1])
    }

    @Test("a partial invoice covers what it names")
    func partial() throws {
        #expect(try items([Line(productNumber: "MUG-01", quantity: 1, sequence: 1)]) == [101: 1])
    }

    @Test("a product on two lines is told apart by the line's sequence")
    func sameProductTwice() throws {
        var order = sampleOrder()
        order.items[1].sku = "MUG-01"
        #expect(try items([Line(productNumber: "MUG-01", quantity: 1, sequence: 2)], of: order) == [102: 1])
        #expect(try items([Line(productNumber: "MUG-01", quantity: 1, sequence: 1)], of: order) == [101: 1])
    }

    @Test("where the sequence says nothing, the earliest item with the product is taken first")
    func spillsOver() throws {
        var order = sampleOrder()
        order.items[1].sku = "MUG-01"
        #expect(try items([Line(productNumber: "MUG-01", quantity: 3, sequence: 99)], of: order) == [101: 2, 102: 1])
    }

    @Test("a configurable product is invoiced by its parent's item, found by the child's SKU")
    func configurable() throws {
        var order = sampleOrder()
        order.items = [
            CommerceOrderItem(
                itemID: 201, productType: "configurable", sku: "TEE-M-RED", qtyOrdered: 2, price: 20, rowTotal: 40),
            CommerceOrderItem(itemID: 202, parentItemID: 201, sku: "TEE-M-RED", qtyOrdered: 2),
        ]
        order.totals.subtotal = 40
        #expect(try items([Line(productNumber: "TEE-M-RED", quantity: 2, sequence: 1)], of: order) == [201: 2])
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let lines: [Line]
        let code: String
        let disposition: Disposition
    }

    @Test(
        "an invoice that does not fit the order is refused with a reason",
        arguments: [
            Refusal(
                testDescription: "more than was ordered",
                lines: [Line(productNumber: "MUG-01", quantity: 3, sequence: 1)], code: "invoice-exceeds-order",
                disposition: .park),
            Refusal(
                testDescription: "a product that was not ordered",
                lines: [
                    Line(productNumber: "MUG-01", quantity: 1, sequence: 1),
                    Line(productNumber: "SOFA-09", quantity: 1, sequence: 2),
                ], code: "invoice-of-unknown-product", disposition: .park),
            Refusal(
                testDescription: "a credit note",
                lines: [Line(productNumber: "MUG-01", quantity: -1, sequence: 1)], code: "credit-note",
                disposition: .skip),
            Refusal(
                testDescription: "shipping alone", lines: [Line(productNumber: "FREIGHT", quantity: 1, sequence: 3)],
                code: "only-charges", disposition: .skip),
            Refusal(testDescription: "no lines", lines: [], code: "only-charges", disposition: .skip),
        ])
    func refuses(_ row: Refusal) throws {
        let verdict = try #require(#expect(throws: Verdict.self) { try items(row.lines) })
        #expect(verdict.reason.code == row.code)
        #expect(verdict.disposition == row.disposition)
        #expect(verdict.reason.message.contains("CIV-1"))
    }
}

import Commerce
import Foundation
import Relay
import Testing

@testable import Flows

@Suite("What goes back")
struct RefundDecisionTests {
    private static func item(_ id: Int, _ sku: String, _ qty: Decimal, _ row: Decimal, tax: Decimal = 0)
        -> CommerceOrderItem
    {
        CommerceOrderItem(itemID: id, sku: sku, qtyOrdered: qty, rowTotal: row, taxAmount: tax)
    }

    /// Three mugs at 10 and a lamp at 50, with 20 % tax, and shipping of 10.
    private static func order(_ method: String = "checkmo") -> CommerceOrder {
        CommerceOrder(
            incrementID: "42", currencies: CommerceCurrencies(order: "EUR"),
            totals: CommerceTotals(
                subtotal: 80, shippingAmount: 10, shippingTaxAmount: 2, taxAmount: 18, grandTotal: 108),
            payment: CommercePayment(method: method),
            items: [item(1, "MUG", 3, 30, tax: 6), item(2, "LAMP", 1, 50, tax: 10)])
    }

    private static func invoice(_ id: Int, _ items: [Int: Decimal], paid: Bool = true) -> CommerceInvoice {
        CommerceInvoice(
            entityID: id, orderID: 7, state: paid ? .paid : .open,
            items: items.map { InvoicedItem(orderItemID: $0.key, qty: $0.value) })
    }

    private static func memo(_ id: Int, _ items: [Int: Decimal], invoice: Int? = nil) -> CommerceCreditMemo {
        CommerceCreditMemo(
            entityID: id, orderID: 7, invoiceID: invoice,
            items: items.map { RefundedItem(orderItemID: $0.key, qty: $0.value) })
    }

    private static func planning(
        paidBy method: String = "checkmo", _ invoices: [CommerceInvoice], _ memos: [CommerceCreditMemo] = [],
        policy: RefundPolicy = RefundPolicy()
    ) -> RefundPlanning {
        RefundPlanning(
            match: CreditNoteMatch(
                order: order(method), number: "CIV-2", shippingItems: ["FREIGHT"], moneyItems: ["FEE"]),
            policy: policy, invoices: invoices, memos: memos)
    }

    private static let mugs = CreditNoteMatch.Line(productNumber: "MUG", quantity: -2, amount: -20, tax: -4)
    private static let freight = CreditNoteMatch.Line(productNumber: "FREIGHT", quantity: -1, amount: -10, tax: -2)
    private static let fee = CreditNoteMatch.Line(productNumber: "FEE", quantity: 1, amount: 5, tax: 1)
    private static let all = invoice(11, [1: 3, 2: 1])

    @Test("An offline refund is one credit memo with its shipping and fees")
    func offline() throws {
        let plan = try Self.planning([Self.all]).plan([Self.mugs, Self.freight, Self.fee], total: 30)
        #expect(
            plan.parts == [
                RefundPlan.Part(invoiceID: nil, items: [.init(id: 1, quantity: 2)], shipping: 10, extra: 0, fee: 6)
            ])
    }

    @Test("An online refund takes from each paid invoice what it has left")
    func online() throws {
        let invoices = [Self.invoice(12, [1: 2]), Self.invoice(11, [1: 1]), Self.invoice(13, [2: 1], paid: false)]
        let plan = try Self.planning(paidBy: "stripe", invoices).plan([Self.mugs], total: 24)
        #expect(plan.parts.map(\.invoiceID) == [11, 12])
        #expect(plan.parts.map(\.items) == [[.init(id: 1, quantity: 1)], [.init(id: 1, quantity: 1)]])
        let rest = try Self.planning(paidBy: "stripe", invoices, [Self.memo(1, [1: 1], invoice: 11)])
            .plan([Self.mugs], total: 24)
        #expect(rest.parts.map(\.invoiceID) == [12])
    }

    struct Refused: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var method = "checkmo"
        var invoices = [all]
        var memos: [CommerceCreditMemo] = []
        var lines = [mugs]
        var total: Decimal = 24
        let code: String
        var disposition = Disposition.park
    }

    @Test(
        "What is not sure to be right gives nothing back",
        arguments: [
            Refused(
                testDescription: "another product",
                lines: [.init(productNumber: "CHAIR", quantity: -1, amount: -9)], code: "refund-of-unknown-product"),
            Refused(
                testDescription: "more than was ordered",
                lines: [.init(productNumber: "MUG", quantity: -4, amount: -40)], code: "refund-exceeds-order"),
            Refused(
                testDescription: "given back before", memos: [memo(1, [1: 2])], code: "refund-exceeds-order"),
            Refused(
                testDescription: "something sold beside it",
                lines: [mugs, .init(productNumber: "LAMP", quantity: 1, amount: 50)], code: "mixed-credit-note"),
            Refused(
                testDescription: "a cent too many beyond the tolerance", total: Decimal(2406) / 100,
                code: "refund-differs"),
            Refused(
                testDescription: "not invoiced in the shop yet", invoices: [invoice(11, [1: 1])],
                code: "refund-before-invoice", disposition: .retry(after: nil)),
            Refused(
                testDescription: "not captured yet", method: "stripe", invoices: [invoice(11, [1: 3], paid: false)],
                code: "refund-before-payment", disposition: .retry(after: nil)),
            Refused(
                testDescription: "nothing at all", lines: [], total: 0, code: "empty-refund", disposition: .skip),
        ])
    func refused(_ row: Refused) {
        let verdict = #expect(throws: Verdict.self) {
            try Self.planning(paidBy: row.method, row.invoices, row.memos).plan(row.lines, total: row.total)
        }
        #expect(verdict?.reason.code == row.code && verdict?.disposition == row.disposition)
    }

    @Test(
        "A difference is given or kept where that is wanted",
        arguments: [(Decimal(30), Decimal(6), Decimal(0)), (20, 0, 4)])
    func adjusted(total: Decimal, extra: Decimal, fee: Decimal) throws {
        var policy = RefundPolicy()
        policy.difference = .adjust
        let plan = try Self.planning([Self.all], policy: policy).plan([Self.mugs], total: total)
        #expect(plan.parts.map(\.extra) == [extra] && plan.parts.map(\.fee) == [fee])
    }

    @Test("Money without goods names an item with quantity 0, since no items at all would be all of them")
    func onlyMoney() throws {
        let plan = try Self.planning([Self.all]).plan([Self.freight], total: 12)
        let refund = try #require(plan.parts.first).refund(RefundPolicy(), anyItem: 1, comment: "x")
        #expect(refund.items == [RefundedItem(orderItemID: 1, qty: 0)] && refund.shippingAmount == 10)
    }

    @Test(
        "Lines of a return order are told by what they say, each once",
        arguments: [
            ([(1, 10)], [0]), ([(1, 10), (1, 10)], [0, 1]), ([(2, 10)], [nil]), ([], [nil, nil]),
        ] as [([(Int, Int)], [Int?])])
    func matched(present: [(Int, Int)], expected: [Int?]) {
        let wanted = expected.map { _ in LineMatch.Line(item: "MUG", quantity: -1, price: 10) }
        let rows = present.map { LineMatch.Line(item: "mug", quantity: -Decimal($0.0), price: Decimal($0.1)) }
        #expect(LineMatch.assign(wanted: wanted, present: rows) == expected)
    }

    @Test("The money of a credit memo's lines is that of the rows, without tax and after discount")
    func lines() throws {
        var memo = Self.memo(1, [1: 2])
        memo.lines = [.init(orderItemID: 1, sku: "MUG", qty: 2, rowTotal: 20, discountAmount: 5, taxAmount: 3)]
        memo.shippingAmount = 4
        memo.adjustmentNegative = 1
        var policy = RefundPolicy(shippingItem: "FREIGHT", feeItem: "FEE")
        let lines = try GiveBackLine.lines(of: memo, Self.order(), policy: policy)
        #expect(lines.map(\.net) == [15, 4, -1])
        #expect(lines.map(\.price) == [Decimal(75) / 10, 4, 1])
        #expect(lines.map(\.number) == [1, nil, nil])
        policy.feeItem = nil
        let verdict = #expect(throws: Verdict.self) { try GiveBackLine.lines(of: memo, Self.order(), policy: policy) }
        #expect(verdict?.reason.code == "refund-without-item")
    }
}

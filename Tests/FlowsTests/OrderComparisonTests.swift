import Commerce
import Dynamics
import Foundation
import Relay
import Testing

@testable import Flows

@Suite("An order of the shop and what F&O has of it")
struct OrderComparisonTests {
    /// What is compared; everything agrees unless it is changed.
    struct Pair: Sendable {
        var record = OrderRecord(order: carried(), progress: OrderProgress())
        var salesOrders = [salesOrder()]
        var knowledge = OrderComparison.Knowledge()
        var policy = ReconciliationPolicy(orders: samplePolicy())

        func result() throws -> OrderComparison.Result {
            let order = ShopOrder(
                record, policy: policy.orders, mappings: try shippedMappings.get(), values: ValueRows())
            return OrderComparison(policy: policy).compare(order, salesOrders, knowledge)
        }

        static func carried() -> CommerceOrder {
            var order = sampleOrder()
            order.extOrderID = "SO-1"
            order.createdAt = "2026-01-01 10:00:00"
            return order
        }

        static func salesOrder(_ number: String = "SO-1", _ area: String = "usmf") -> SalesOrder {
            var row = SalesOrderOverviewRow(dataAreaId: area, SalesOrderNumber: number)
            row.CustomersOrderReference = "000000042"
            row.SalesOrderStatus = .Backorder
            row.SalesOrderProcessingStatus = "Active"
            var order = SalesOrder(row)
            order.amounts = [25, money("49.90"), money("9.50")]
            return order
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Empty: they agree.
        var codes: [String] = []
        var repairs: [String?] = []
        /// Something that the sentences say.
        var words = ""
        let change: @Sendable (inout Pair) -> Void

        init(
            _ description: String, _ codes: [String] = [], _ repairs: [String?] = [], _ words: String = "",
            _ change: @escaping @Sendable (inout Pair) -> Void
        ) {
            testDescription = description
            self.codes = codes
            self.repairs = repairs
            self.words = words
            self.change = change
        }
    }

    private static let reason = Reason(code: "unknown-item", message: "Item AB-1 is unknown.", advice: "Release it.")
    private static func invoice(_ number: String, amount: Decimal = 10, isInShop: Bool = false, linked: String? = nil)
        -> SalesOrder.Invoice
    { SalesOrder.Invoice(number: number, amount: amount, isInShop: isInShop, linked: linked) }

    static let agreeing: [Case] = [
        Case("nothing differs") { _ in },
        Case("a sum within the tolerance") { $0.salesOrders[0].add(up: money("84.44")) },
        Case("cancelled on both sides") {
            $0.record.order.state = "canceled"
            $0.salesOrders[0].status = .Canceled
        },
        Case("closed in the shop and invoiced in F&O") {
            $0.record.order.state = "closed"
            $0.salesOrders[0].status = .Invoiced
        },
        Case("one of two sales orders is cancelled") {
            $0.salesOrders.append(Pair.salesOrder("SO-2"))
            $0.salesOrders[1].status = .Canceled
        },
        Case("an invoice that the shop has") { $0.salesOrders[0].invoices = [invoice("INV-1", isInShop: true)] },
        Case("an invoice of an order that is invoiced wholly by hand") {
            $0.salesOrders[0].invoices = [invoice("INV-1")]
            $0.record.progress.invoiced = .all
        },
        Case("a credit note") { $0.salesOrders[0].invoices = [invoice("CN-1", amount: -10)] },
        Case("an invoice in the shop alone, which the policy does not mind") { $0.record.progress.invoiced = .all },
        Case("delivered and shipped") {
            $0.salesOrders[0].status = .Delivered
            $0.record.progress.shipped = .all
        },
        Case("delivered in part and shipped in part") {
            $0.salesOrders[0].processing = "PartiallyDelivered"
            $0.record.progress.shipped = .part
        },
        Case("delivered, with nothing to ship") {
            $0.salesOrders[0].status = .Delivered
            $0.record.progress.isVirtual = true
        },
        Case("invoiced, which is no proof of a delivery") { $0.salesOrders[0].status = .Invoiced },
        Case("delivered, which the policy does not mind") {
            $0.salesOrders[0].status = .Delivered
            $0.policy.shipping = .off
        },
        Case("an order that cannot be mapped any more has no sum to compare") {
            $0.record.order.customer.email = nil
            $0.salesOrders[0].add(up: 1)
        },
    ]

    @Test("agree", arguments: agreeing)
    func agrees(_ row: Case) throws {
        var pair = Pair()
        row.change(&pair)
        #expect(try pair.result() == .agreed)
    }

    static let differing: [Case] = [
        Case("never received", ["missing"], ["take-in"], "never heard") { $0.salesOrders = [] },
        Case("parked", ["missing"], ["replay"], "unknown-item") {
            $0.salesOrders = []
            $0.knowledge.order = .parked(EventID(7), reason)
        },
        Case("skipped", ["missing"], ["take-in"], "was skipped") {
            $0.salesOrders = []
            $0.knowledge.order = .skipped(EventID(7), reason)
        },
        Case("carried, and gone", ["missing"], ["take-in"], "SO-1, which is gone") {
            $0.salesOrders = []
            $0.knowledge.order = .carried(EventID(7), summary: "SO-1")
        },
        Case("two sales orders", ["doubled"], [nil], "usmf/SO-1, usmf/SO-2") {
            $0.salesOrders.append(Pair.salesOrder("SO-2"))
        },
        Case("sales orders in two companies", ["doubled"], [nil], "dat/SO-1") {
            $0.salesOrders.append(Pair.salesOrder("SO-1", "dat"))
        },
        Case("another sum", ["different-total"], [nil], "84.4") { $0.salesOrders[0].add(up: money("84.46")) },
        Case("a line less", ["different-total"], [nil], "2 lines") { $0.salesOrders[0].amounts.removeLast() },
        Case("no lines at all, and the order is parked", ["different-total"], ["replay"], "unknown-item") {
            $0.salesOrders[0].amounts = []
            $0.knowledge.order = .parked(EventID(7), reason)
        },
        Case("no number", ["number-not-written-back"], ["write-back"], "no number") {
            $0.record.order.extOrderID = nil
        },
        Case("another number", ["number-not-written-back"], ["write-back"], "SO-9") {
            $0.record.order.extOrderID = "SO-9"
        },
        Case("one of two invoices", ["not-invoiced"], ["announce-invoice"], "INV-2") {
            $0.salesOrders[0].invoices = [invoice("INV-1", isInShop: true), invoice("INV-2")]
            $0.record.progress.invoiced = .part
        },
        Case("an invoice whose event is parked", ["not-invoiced"], ["replay"], "unknown-item") {
            $0.salesOrders[0].invoices = [invoice("INV-1")]
            $0.knowledge.salesOrders["SO-1"] = .parked(EventID(9), reason)
        },
        Case("an invoice in the shop alone, which the policy minds", ["not-invoiced"], [nil], "has no invoice") {
            $0.record.progress.invoiced = .all
            $0.policy.shopInvoicesCount = true
        },
        Case("delivered and not shipped", ["not-shipped"], [nil], "has no shipment") {
            $0.salesOrders[0].status = .Delivered
        },
        Case("delivered and not shipped, with a flow for it", ["not-shipped"], ["announce-shipment"]) {
            $0.salesOrders[0].status = .Delivered
            $0.policy.announcements = [.shipment]
        },
        Case("delivered and shipped in part", ["not-shipped"], [nil], "in part") {
            $0.salesOrders[0].processing = "Delivered"
            $0.record.progress.shipped = .part
        },
        Case("invoiced and not shipped, where both are posted at once", ["not-shipped"], [nil]) {
            $0.salesOrders[0].status = .Invoiced
            $0.policy.shipping = .invoiced
        },
        Case("cancelled in the shop alone", ["wrong-state"], ["take-in"], "still open") {
            $0.record.order.state = "canceled"
        },
        Case("closed in the shop, open in F&O", ["wrong-state"], ["take-in"], "closed") {
            $0.record.order.state = "closed"
        },
        Case("cancelled in F&O alone", ["wrong-state"], [nil], "cancelled in F&O") {
            $0.salesOrders[0].status = .Canceled
        },
        Case("two things at once", ["number-not-written-back", "different-total"], ["write-back", nil]) {
            $0.record.order.extOrderID = nil
            $0.salesOrders[0].add(up: 1)
        },
    ]

    @Test("differ, with the repair that mends it", arguments: differing)
    func differs(_ row: Case) throws {
        var pair = Pair()
        row.change(&pair)
        let found = try pair.result().differences
        #expect(found.map(\.code.rawValue) == row.codes)
        #expect(found.map { $0.repair?.name } == row.repairs)
        #expect(row.words.isEmpty || found.contains { $0.text.contains(row.words) }, "\(found.map(\.text))")
        for difference in found {
            #expect(difference.text.contains("000000042") || difference.text.contains("SO-1"))
            #expect(difference.repair != nil || difference.advice != nil)
            #expect(difference.isSame(as: difference.finding))
        }
    }

    @Test(
        "what is not carried, by policy or by a person's will, is excused",
        arguments: ["pending_payment", "canceled", "holded", "closed", nil] as [String?])
    func excused(_ state: String?) throws {
        var pair = Pair()
        pair.salesOrders = []
        if let state {
            pair.record.order.state = state
        } else {
            let reason = Reason(code: "skipped-by-operator", message: "Entered by hand.")
            pair.knowledge.order = .skipped(EventID(7), reason)
        }
        #expect(try pair.result() == .excused)
    }

    @Test("what is on its way differs until it has arrived", arguments: [0, 1, 2])
    func underWay(_ number: Int) throws {
        var pair = Pair()
        pair.knowledge.order = .underWay
        switch number {
        case 0: pair.salesOrders = []
        case 1: (pair.salesOrders[0].amounts, pair.record.order.extOrderID) = ([1], nil)
        default:
            pair.salesOrders[0].invoices = [Self.invoice("INV-1")]
            pair.knowledge.salesOrders["SO-1"] = .underWay
        }
        #expect(try pair.result() == .underWay)
    }

    @Test(
        "a total differs exactly where the flow itself would park the order",
        arguments: [("84.34", true), ("84.35", false), ("84.45", false), ("84.46", true)])
    func sameRule(net: String, differs: Bool) throws {
        var pair = Pair()
        pair.salesOrders[0].add(up: money(net))
        let draft = try SalesOrderDraft(sampleOrder(), policy: samplePolicy())
        let salesOrder = pair.salesOrders[0]
        let parks: Bool
        do throws(Verdict) {
            _ = try draft.compare(
                salesOrder.lines, header: salesOrder.header, salesOrderNumber: "SO-1", policy: pair.policy.orders)
            parks = false
        } catch {
            parks = true
        }
        #expect(parks == differs)
        #expect(try pair.result().differences.map(\.code) == (differs ? [.differentTotal] : []))
    }
}

extension SalesOrder {
    /// Its lines come to that.
    mutating func add(up sum: Decimal) { amounts[0] += sum - net }
}

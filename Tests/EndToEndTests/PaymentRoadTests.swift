import Flows
import Foundation
import Gateway
import Relay
import Sandbox
import Testing

@Suite("A paid Commerce invoice becomes a payment in D365", .timeLimit(.minutes(5)))
struct PaymentRoadTests {
    private let order = SandboxOrder.simple(incrementID: "000000001").paid(by: "stripe")

    @Test("the money stands in the day's journal, as prepayment of the customer, with method and bank of the table")
    func carried() async throws {
        try await Rig.run { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            let paid = try await rig.pay("000000001")
            #expect(paid.outcome == .done(summary: "JB-000001 line 1"))
            let payment = try #require(rig.sandbox.dynamics.payments().first)
            let placed = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            let sold = try #require(rig.sandbox.dynamics.snapshot().orders.first)
            #expect(payment.credit == placed.grandTotal && payment.debit == 0)
            #expect(payment.account == sold.orderingCustomerAccount && payment.currencyCode == "EUR")
            #expect(payment.method == "CARD" && payment.offsetAccount == "USMF CARD")
            #expect(payment.reference == "INV-100000001" && payment.isPrepayment && payment.markedInvoice.isEmpty)
            #expect(payment.journalName == "CustPay" && payment.date.hasSuffix("T12:00:00Z"))
            let journal = try rig.sandbox.dynamics.postPaymentJournal(payment.journal, dataAreaId: "usmf")
            #expect(journal.count == 1)
        }
    }

    @Test("in the order's currency, and in the legal entity that sells for the store")
    func otherCurrency() async throws {
        let order = SandboxOrder.simple(incrementID: "200000001").with(storeID: 2).paid(by: "stripe")
            .with(currency: "CHF", base: "EUR", rate: Decimal(95) / 100)
        try await Rig.run { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            #expect(try await rig.pay("200000001").outcome.state == .done)
            let payment = try #require(rig.sandbox.dynamics.payments().first)
            #expect(payment.dataAreaId == "dat" && payment.currencyCode == "CHF")
            #expect(payment.credit == rig.sandbox.commerce.order(incrementID: "200000001")?.grandTotal)
        }
    }

    @Test("in the website's currency where sales orders are in it")
    func baseCurrency() async throws {
        let order = order.with(currency: "CHF", base: "EUR", rate: Decimal(95) / 100)
        try await Rig.run(configure: { $0.orders.money.currency = .base }) { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            let paid = try await rig.pay("000000001")
            #expect(paid.outcome.state == .done)
            let payment = try #require(rig.sandbox.dynamics.payments().first)
            #expect(payment.currencyCode == "EUR" && payment.credit == Decimal(11850) / 100)
            let memo = try await rig.sandbox.commerce.refund(
                incrementID: "000000001", items: ["MUG-01": 1], onlineInvoice: paid.invoice)
            let outcome = try await rig.outcomes.next(of: "creditmemo \(memo)")
            #expect(outcome.state == .parked && outcome.reason?.code == "refund-in-base-currency")
        }
    }

    @Test("parts of an order that are paid one by one are lines of one journal and add up to the order")
    func parts() async throws {
        try await Rig.run { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            #expect(try await rig.pay("000000001", items: ["MUG-01": 2]).outcome.state == .done)
            #expect(try await rig.pay("000000001").outcome == .done(summary: "JB-000001 line 2"))
            let payments = rig.sandbox.dynamics.payments()
            let total = rig.sandbox.commerce.order(incrementID: "000000001")?.grandTotal
            #expect(payments.reduce(0) { $0 + $1.credit } == total)
            #expect(rig.sandbox.dynamics.paymentJournals().count == 1)
        }
    }

    @Test("a journal that was posted takes no more lines: the next payment opens another")
    func postedJournal() async throws {
        try await Rig.run { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            _ = try await rig.pay("000000001", items: ["MUG-01": 1])
            try rig.sandbox.dynamics.postPaymentJournal("JB-000001", dataAreaId: "usmf")
            #expect(try await rig.pay("000000001").outcome == .done(summary: "JB-000002 line 1"))
        }
    }

    @Test("each payment has a journal of its own where that is wanted")
    func journalPerPayment() async throws {
        try await Rig.run(configure: { $0.payments.journal = .perPayment }) { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            _ = try await rig.pay("000000001", items: ["MUG-01": 1])
            _ = try await rig.pay("000000001")
            #expect(rig.sandbox.dynamics.payments().map(\.lineNumber) == [1, 1])
        }
    }

    @Test("once F&O has invoiced, the payment is marked for that invoice")
    func settled() async throws {
        try await Rig.run(Rig.taxed) { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            let posted = try await rig.sandbox.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
            guard case .done = try await rig.outcomes.next(of: "sales order usmf/SO-000001") else {
                Issue.record("the invoice was not carried")
                return
            }
            let invoice = try #require(rig.sandbox.commerce.order(incrementID: "000000001")?.invoiceIDs.first)
            try await rig.sandbox.commerce.payInvoice(entityID: invoice)
            #expect(try await rig.outcomes.next(of: "invoice \(invoice)").state == .done)
            let payment = try #require(rig.sandbox.dynamics.payments().first)
            #expect(payment.markedInvoice == posted && payment.settleVoucher == "SelectedTransact")
            #expect(!payment.isPrepayment)
        }
    }

    @Test("an invoice that is not paid yet brings nothing, and its payment later does")
    func notPaid() async throws {
        try await Rig.run { rig in
            try await rig.payBy("checkmo", as: "CHECK", offset: "USMF OPER")
            try await rig.carry(order.paid(by: "checkmo"))
            let invoice = try await rig.sandbox.commerce.makeInvoice(incrementID: "000000001", isCaptured: false)
            let first = try await rig.outcomes.next(of: "invoice \(invoice)")
            #expect(first.reason?.code == "invoice-not-paid" && first.state == .skipped)
            try await rig.sandbox.commerce.payInvoice(entityID: invoice)
            #expect(try await rig.outcomes.next(of: "invoice \(invoice)").state == .done)
            #expect(rig.sandbox.dynamics.payments().map(\.method) == ["CHECK"])
        }
    }

    @Test("what is paid on account brings no money and makes no journal")
    func onAccount() async throws {
        try await Rig.run { rig in
            try await rig.carry(order.paid(by: "purchaseorder"))
            let outcome = try await rig.pay("000000001").outcome
            #expect(outcome.state == .skipped && outcome.reason?.code == "no-payment")
            #expect(rig.sandbox.dynamics.paymentJournals().isEmpty)
        }
    }

    @Test("an unknown payment method parks with the row to add, and goes on when it is there")
    func unknownMethod() async throws {
        try await Rig.run { rig in
            try await rig.carry(order)
            let paid = try await rig.pay("000000001")
            #expect(paid.outcome.state == .parked)
            #expect(paid.outcome.reason?.description.contains("payment-methods") == true)
            try await rig.payBy("stripe")
            #expect(try await rig.outcomes.next(of: "invoice \(paid.invoice)").state == .done)
            #expect(rig.sandbox.dynamics.payments().count == 1)
        }
    }

    @Test("what F&O refuses parks with its words")
    func refused() async throws {
        try await Rig.run { rig in
            try await rig.payBy("stripe", as: "CASH")
            try await rig.carry(order)
            let outcome = try await rig.pay("000000001").outcome
            #expect(outcome.state == .parked && outcome.reason?.message.contains("Method of payment") == true)
        }
    }

    @Test("the payment of an order that is not carried yet waits for it")
    func orderNotCarried() async throws {
        try await Rig.run { rig in
            try await rig.payBy("stripe")
            try rig.sandbox.commerce.register(order)
            let invoice = try await rig.sandbox.commerce.makeInvoice(incrementID: "000000001")
            try await rig.outcomes.wait { $0.retries["invoice \(invoice)", default: 0] >= 1 }
            let placed = try await rig.sandbox.commerce.sendWebhook(incrementID: "000000001")
            #expect(placed.status == 200)
            #expect(try await rig.outcomes.next(of: "invoice \(invoice)").state == .done)
        }
    }

    @Test("a payment whose answer was lost is found again, and a replay notes no money twice")
    func onlyOnce() async throws {
        try await Rig.run { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            rig.sandbox.dynamics.faults.update { $0.cutAfterCommit = 0.5 }
            let paid = try await rig.pay("000000001")
            #expect(paid.outcome.state == .done)
            rig.sandbox.dynamics.faults.update { $0.cutAfterCommit = 0 }
            #expect(try await rig.replay("invoice \(paid.invoice)").state != .parked)
            #expect(rig.sandbox.dynamics.payments().count == 1)
            #expect(rig.sandbox.dynamics.paymentJournals().count == 1)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("a reference that stands for other money in F&O is not taken for this payment")
    func anotherPayment() async throws {
        try await Rig.run(configure: { $0.payments.referencePrefix = "W" }) { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            let first = try await rig.pay("000000001", items: ["MUG-01": 1])
            #expect(first.outcome.state == .done)
            try rig.sandbox.dynamics.changePayment(reference: "W100000001", to: "W100000002")
            let second = try await rig.pay("000000001")
            #expect(second.outcome.state == .parked && second.outcome.reason?.code == "another-payment")
            #expect(rig.sandbox.dynamics.payments().count == 1)
        }
    }
}

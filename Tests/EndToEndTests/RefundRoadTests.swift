import Flows
import Foundation
import Gateway
import JSON
import Relay
import Sandbox
import Testing

@Suite("Money that goes back is booked on both sides, once", .timeLimit(.minutes(5)))
struct RefundRoadTests {
    private let order = SandboxOrder.simple(incrementID: "000000001")
    private let mug = Decimal(1295) / 100

    /// An order that is carried and paid in the shop.
    private func sell(_ rig: Rig, _ order: SandboxOrder) async throws -> Int {
        try await rig.payBy(order.paymentMethod)
        try await rig.carry(order)
        return try await rig.pay(order.incrementID).invoice
    }

    @Test("a partial credit memo with shipping becomes a return order with the money of the lines")
    func returnOrder() async throws {
        try await Rig.run { rig in
            _ = try await sell(rig, order)
            let memo = try await rig.sandbox.commerce.refund(
                incrementID: "000000001", items: ["MUG-01": 2], shipping: 4)
            #expect(try await rig.outcomes.next(of: "creditmemo \(memo)") == .done(summary: "RO-000001"))
            let booked = try #require(rig.sandbox.dynamics.returnOrders().first)
            let sold = try #require(rig.sandbox.dynamics.snapshot().orders.first)
            #expect(
                booked.customersOrderReference == "CM-300000001" && booked.account == sold.orderingCustomerAccount)
            #expect(booked.lines.map(\.itemNumber) == ["MUG-01", "FREIGHT"])
            #expect(booked.lines.map(\.quantity) == [-2, -1])
            #expect(booked.lines.map(\.returningLot) == [sold.lines[0].inventoryLotId, ""])
            #expect(booked.netAmount == -(2 * mug + 4))
        }
    }

    @Test("several credit memos of an order come to what was sold, to the cent, in the order's currency")
    func allOfIt() async throws {
        var discounted = SandboxOrder.simple(incrementID: "000000001").paid(by: "checkmo")
            .with(currency: "CHF", base: "EUR", rate: Decimal(95) / 100)
        discounted.discountPercent = 10
        let order = discounted
        try await Rig.run { rig in
            _ = try await sell(rig, order)
            for items in [["MUG-01": Decimal(1)], ["MUG-01": 2], nil] {
                let memo = try await rig.sandbox.commerce.refund(incrementID: "000000001", items: items)
                #expect(try await rig.outcomes.next(of: "creditmemo \(memo)").state == .done)
            }
            let returns = rig.sandbox.dynamics.returnOrders()
            let sold = try #require(rig.sandbox.dynamics.snapshot().orders.first)
            #expect(returns.count == 3 && returns.allSatisfy { $0.currencyCode == "CHF" })
            #expect(-returns.reduce(0) { $0 + $1.netAmount } == sold.lines.reduce(0) { $0 + $1.lineAmount })
        }
    }

    @Test("adjustments are service items, and park with the key to set where there is none")
    func adjustments() async throws {
        try await Rig.run { rig in
            _ = try await sell(rig, order)
            let memo = try await rig.sandbox.commerce.refund(
                incrementID: "000000001", items: ["MUG-01": 1], adjustmentNegative: 2)
            let outcome = try await rig.outcomes.next(of: "creditmemo \(memo)")
            #expect(outcome.state == .parked && outcome.reason?.advice?.contains("refunds.adjustments.fee") == true)
            #expect(rig.sandbox.dynamics.returnOrders().isEmpty)
        }
        try await Rig.run(configure: { $0.refunds.feeItem = "SHIPPING" }) { rig in
            _ = try await sell(rig, order)
            let memo = try await rig.sandbox.commerce.refund(
                incrementID: "000000001", items: ["MUG-01": 1], adjustmentNegative: 2)
            #expect(try await rig.outcomes.next(of: "creditmemo \(memo)").state == .done)
            #expect(rig.sandbox.dynamics.returnOrders().first?.netAmount == -(mug - 2))
        }
    }

    @Test(
        "a credit memo becomes a sales order with negative lines, and its money a payment back, where that is wanted")
    func creditOrder() async throws {
        func configure(_ configuration: inout GatewayConfiguration) {
            configuration.refunds.form = .creditOrder
            configuration.refunds.notesPayments = true
        }
        try await Rig.run(configure: configure) { rig in
            _ = try await sell(rig, order)
            let memo = try await rig.sandbox.commerce.refund(incrementID: "000000001", items: ["LAMP-02": 1])
            #expect(try await rig.outcomes.next(of: "creditmemo \(memo)") == .done(summary: "SO-000002"))
            let booked = try #require(
                rig.sandbox.dynamics.orders(reference: "CM-300000001", dataAreaId: "usmf").first)
            #expect(booked.lines.map(\.quantity) == [-1] && booked.lines.map(\.lineAmount) == [-Decimal(4990) / 100])
            let back = try #require(rig.sandbox.dynamics.payments().last)
            #expect(back.debit == Decimal(5988) / 100 && back.credit == 0 && back.reference == "CM-300000001")
        }
    }

    @Test("a credit memo whose answers were lost, and that is replayed, is one return order")
    func memoOnlyOnce() async throws {
        try await Rig.run { rig in
            _ = try await sell(rig, order)
            rig.sandbox.dynamics.faults.update { $0.cutAfterCommit = 0.5 }
            let memo = try await rig.sandbox.commerce.refund(incrementID: "000000001", items: nil)
            #expect(try await rig.outcomes.next(of: "creditmemo \(memo)") == .done(summary: "RO-000001"))
            rig.sandbox.dynamics.faults.update { $0.cutAfterCommit = 0 }
            #expect(try await rig.replay("creditmemo \(memo)").state != .parked)
            #expect(rig.sandbox.dynamics.returnOrders().map(\.lines.count) == [3])
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("a credit note of F&O is given back offline, with shipping, for what came back")
    func offline() async throws {
        try await Rig.run(Rig.taxed) { rig in
            _ = try await sell(rig, order)
            let number = try rig.sandbox.dynamics.createReturnOrder(
                salesOrder: "SO-000001", dataAreaId: "usmf", lines: ["MUG-01": 1, "FREIGHT": 1])
            try await rig.sandbox.dynamics.receiveReturn(number, dataAreaId: "usmf")
            #expect(try await rig.credit(number) == .done(summary: "Commerce credit memo 1 of order 000000001"))
            let memo = try #require(rig.sandbox.commerce.records(.creditMemos).first)
            #expect(memo["grand_total"]?.numberValue == ((mug + 10) * 120 / 100))
            #expect(memo["shipping_amount"]?.numberValue == 10 && memo["invoice_id"] == .null)
        }
    }

    @Test("a payment of a provider goes back through it, part by part with the invoices that took it")
    func online() async throws {
        let order = order.paid(by: "stripe")
        try await Rig.run(Rig.taxed) { rig in
            try await rig.payBy("stripe")
            try await rig.carry(order)
            let first = try await rig.pay("000000001", items: ["MUG-01": 2]).invoice
            let second = try await rig.pay("000000001").invoice
            let number = try rig.sandbox.dynamics.createReturnOrder(
                salesOrder: "SO-000001", dataAreaId: "usmf", lines: ["MUG-01": 3])
            try await rig.sandbox.dynamics.receiveReturn(number, dataAreaId: "usmf")
            #expect(try await rig.credit(number).state == .done)
            let memos = rig.sandbox.commerce.records(.creditMemos)
            #expect(memos.map { $0["invoice_id"]?.intValue } == [first, second])
            let total = memos.reduce(Decimal(0)) { $0 + ($1["grand_total"]?.numberValue ?? 0) }
            #expect(total == Decimal(4662) / 100)
        }
    }

    @Test("a refund whose answer was lost is found again, and a replay gives nothing back twice")
    func refundOnlyOnce() async throws {
        let order = order.paid(by: "stripe")
        try await Rig.run(Rig.taxed) { rig in
            _ = try await sell(rig, order)
            let number = try rig.sandbox.dynamics.createReturnOrder(
                salesOrder: "SO-000001", dataAreaId: "usmf", lines: ["MUG-01": 1])
            try await rig.sandbox.dynamics.receiveReturn(number, dataAreaId: "usmf")
            rig.sandbox.commerce.faults.update { $0.cutAfterCommit = 0.6 }
            #expect(try await rig.credit(number).state == .done)
            rig.sandbox.commerce.faults.update { $0.cutAfterCommit = 0 }
            #expect(try await rig.replay("sales order usmf/\(number)").state != .parked)
            #expect(rig.sandbox.commerce.records(.creditMemos).count == 1)
        }
    }

    @Test("what Causeway gave back in the shop is not booked in F&O a second time when the shop tells of it")
    func echo() async throws {
        var platforms = Rig.taxed
        platforms.commerce.sendsWebhooksAfterWrites = true
        try await Rig.run(platforms) { rig in
            _ = try await sell(rig, order)
            let number = try rig.sandbox.dynamics.createReturnOrder(
                salesOrder: "SO-000001", dataAreaId: "usmf", lines: ["MUG-01": 1])
            try await rig.sandbox.dynamics.receiveReturn(number, dataAreaId: "usmf")
            #expect(try await rig.credit(number).state == .done)
            let outcome = try await rig.outcomes.next(of: "creditmemo 1")
            #expect(outcome.state == .skipped && outcome.reason?.code == "own-credit-memo")
            #expect(rig.sandbox.dynamics.returnOrders().count == 1)
        }
    }

    @Test("the credit note of what the shop gave back first is not given back again")
    func refundedBefore() async throws {
        try await Rig.run(Rig.taxed) { rig in
            _ = try await sell(rig, order)
            let memo = try await rig.sandbox.commerce.refund(incrementID: "000000001", items: ["MUG-01": 1])
            #expect(try await rig.outcomes.next(of: "creditmemo \(memo)") == .done(summary: "RO-000001"))
            try await rig.sandbox.dynamics.receiveReturn("RO-000001", dataAreaId: "usmf")
            let outcome = try await rig.credit("RO-000001")
            #expect(outcome.state == .skipped && outcome.reason?.code == "refund-known")
            #expect(rig.sandbox.commerce.records(.creditMemos).count == 1)
        }
    }

    @Test("a credit note over another sum than the shop would give parks with the difference, or is given as it is")
    func difference() async throws {
        // F&O computes no tax here.
        func creditNote(_ rig: Rig) async throws -> Outcome {
            _ = try await sell(rig, order)
            let number = try rig.sandbox.dynamics.createReturnOrder(
                salesOrder: "SO-000001", dataAreaId: "usmf", lines: ["MUG-01": 1])
            try await rig.sandbox.dynamics.receiveReturn(number, dataAreaId: "usmf")
            return try await rig.credit(number)
        }
        try await Rig.run { rig in
            let outcome = try await creditNote(rig)
            #expect(outcome.state == .parked && outcome.reason?.code == "refund-differs")
            #expect(outcome.reason?.message.contains("2.59") == true)
            #expect(rig.sandbox.commerce.records(.creditMemos).isEmpty)
        }
        try await Rig.run(configure: { $0.refunds.difference = .adjust }) { rig in
            #expect(try await creditNote(rig).state == .done)
            let memo = try #require(rig.sandbox.commerce.records(.creditMemos).first)
            #expect(memo["grand_total"]?.numberValue == mug)
            #expect(memo["adjustment_negative"]?.numberValue == Decimal(259) / 100)
        }
    }

    @Test("a credit note of more than the shop has left parks and gives nothing back")
    func tooMuch() async throws {
        try await Rig.run(Rig.taxed, configure: { $0.refunds.form = .nothing }) { rig in
            _ = try await sell(rig, order)
            _ = try await rig.sandbox.commerce.refund(incrementID: "000000001", items: ["LAMP-02": 1])
            let number = try rig.sandbox.dynamics.createReturnOrder(
                salesOrder: "SO-000001", dataAreaId: "usmf", lines: ["LAMP-02": 1])
            try await rig.sandbox.dynamics.receiveReturn(number, dataAreaId: "usmf")
            let outcome = try await rig.credit(number)
            #expect(outcome.state == .parked && outcome.reason?.code == "refund-exceeds-order")
            #expect(rig.sandbox.commerce.records(.creditMemos).count == 1)
        }
    }
}

import Commerce
import Dynamics
import Foundation
import JSON
public import Relay

/// A credit memo of the shop becomes a return order or a sales order with negative lines in F&O, and, where that is
/// wanted, the money that went back a line in a payment journal.
public struct CreditMemoToDynamics: Flow {
    public static let name = "CreditMemoToDynamics"
    public static let patchableSteps =
        ReturnOrderBooking.patchableSteps + CreditOrderBooking.patchableSteps
        + [PatchableStep("refund payment", keys: PaymentJournal.keys)]

    private let context: FlowContext
    private let orders: OrderPolicy
    private let payments: PaymentPolicy
    private let policy: RefundPolicy
    private let journal: PaymentJournal

    public init(_ context: FlowContext, orders: OrderPolicy, payments: PaymentPolicy, policy: RefundPolicy) {
        self.context = context
        self.orders = orders
        self.payments = payments
        self.policy = policy
        journal = PaymentJournal(context.dynamics)
    }

    public func read(_ event: StoredEvent) throws -> IncomingRecord { try IncomingRecord(event) }

    public func run(_ incoming: IncomingRecord, _ steps: Steps) async throws -> String? {
        let found = try await context.commerce.creditMemo(id: incoming.notice.entityID)
        guard let memo = found, let number = memo.incrementID else { throw Verdict.unknownRecord(incoming.notice) }
        try refuse(memo, number)
        let sold = try await CarriedOrder.find(id: memo.orderID, in: context, orders.legalEntities)
        let link = LinkKey(kind: "credit memo", scope: sold.dataAreaID, key: number)
        if !steps.hasConcluded("carried"), let known = try await steps.linked(carried(link)) {
            throw Verdict.skip("credit-memo-carried", "Credit memo \(number) is \(known) since an earlier event.")
        }
        let back = try await giveBack(memo, number, sold)
        let booked =
            policy.form == .creditOrder
            ? try await CreditOrderBooking(dynamics: context.dynamics, tolerance: policy.tolerance)
                .ensure(back, link: link, steps)
            : try await ReturnOrderBooking(dynamics: context.dynamics, tolerance: policy.tolerance)
                .ensure(back, link: link, steps)
        if policy.notesPayments { try await notePayment(memo, number, sold, steps) }
        return try await steps.ensure("carried", link: carried(link)) {
            nil
        } create: {
            booked
        }
    }

    private func carried(_ link: LinkKey) -> LinkKey {
        LinkKey(kind: "carried credit memo", scope: link.scope, key: link.key)
    }

    private func refuse(_ memo: CommerceCreditMemo, _ number: String) throws(Verdict) {
        if memo.comments.contains(where: CreditNoteMark.isIn) {
            throw .skip("own-credit-memo", "Credit memo \(number) was made by Causeway from a credit note of F&O.")
        }
        guard policy.form != .nothing else {
            throw .skip("refunds-not-carried", "Credit memos are not carried (refunds.as: nothing).")
        }
        guard memo.state == .refunded || memo.state == nil else {
            throw .skip(
                "credit-memo-state", "Credit memo \(number) has given nothing back; once it has, that is carried.")
        }
    }

    private func giveBack(
        _ memo: CommerceCreditMemo, _ number: String, _ sold: CarriedOrder
    ) async throws -> GiveBack {
        try sold.refuseBaseCurrency("Credit memo \(number)")
        let profile = orders.profile(of: sold.dataAreaID)
        var policy = policy
        if policy.shippingItem == nil, case .item(let item) = profile.shipping { policy.shippingItem = item }
        let lines = try GiveBackLine.lines(of: memo, sold.order, policy: policy)
        let documents =
            policy.form == .creditOrder ? ("credit-order", "credit-line") : ("return-order", "return-line")
        return try GiveBack(
            policy.referencePrefix + number, sold, lines, profile: profile, documents: documents,
            records: ["memo": memo.document], lots: try await sold.lots(context), title: "Credit memo \(number)",
            context)
    }

    private func notePayment(
        _ memo: CommerceCreditMemo, _ number: String, _ sold: CarriedOrder, _ steps: Steps
    ) async throws {
        guard let method = sold.order.payment?.method, !payments.skippedMethods.contains(method) else { return }
        let records = [
            "memo": memo.document, "order": sold.order.document, "money": sold.money(of: memo.document),
        ]
        let title = "Credit memo \(number)"
        let line = try context.fill("refund-line", records, scope: sold.dataAreaID, title: title)
        let reference = policy.referencePrefix + number
        let entry = PaymentJournal.Entry(
            line: line,
            header: try context.fill("payment-journal", records, scope: sold.dataAreaID, title: title),
            journal: PaymentJournal.Entry.journal("refunds", payments.journal, line, reference: reference),
            dataAreaID: sold.dataAreaID, account: sold.invoiceAccount, reference: reference)
        guard entry.amount < 0 else { return }
        let link = LinkKey(kind: "payment", scope: sold.dataAreaID, key: reference)
        _ = try await journal.ensure("refund payment", entry, link: link, steps)
    }
}

extension CarriedOrder {
    /// The lots of the sales order's lines, by number.
    func lots(_ context: FlowContext) async throws -> [Int: String] {
        let rows = try await context.dynamics.salesOrderLines(
            salesOrderNumber: salesOrder.SalesOrderNumber, dataAreaId: dataAreaID)
        return Dictionary(
            rows.compactMap { row in Int("\(row.LineNumber)").map { ($0, row.InventoryLotId) } },
            uniquingKeysWith: { first, _ in first })
    }
}

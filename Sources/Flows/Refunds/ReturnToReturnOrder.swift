import Commerce
import Cryptography
import Dynamics
import Foundation
import JSON
public import Relay

/// An authorised return (RMA) of the shop becomes a return order in F&O, whose number stands among the return's comments.
/// Later decisions about quantities change its lines as long as nothing has arrived.
public struct ReturnToReturnOrder: Flow {
    public static let name = "ReturnToReturnOrder"
    public static let patchableSteps = ReturnOrderBooking.patchableSteps

    private let context: FlowContext
    private let orders: OrderPolicy
    private let policy: RefundPolicy

    public init(_ context: FlowContext, orders: OrderPolicy, policy: RefundPolicy) {
        self.context = context
        self.orders = orders
        self.policy = policy
    }

    public func read(_ event: StoredEvent) throws -> IncomingRecord { try IncomingRecord(event) }

    public func run(_ incoming: IncomingRecord, _ steps: Steps) async throws -> String? {
        let id = incoming.notice.entityID
        guard let rma = try await context.commerce.return(id: id), let number = rma.incrementID else {
            throw Verdict.unknownRecord(incoming.notice)
        }
        let status = rma.status ?? ""
        guard policy.carriedReturns.contains(status) || Self.isWithdrawn(status) else {
            throw Verdict.skip(
                "return-status", "Return \(number) is \(status); once it is authorised, it is carried.")
        }
        let sold = try await CarriedOrder.find(id: rma.orderID, in: context, orders.legalEntities)
        let link = LinkKey(kind: "return", scope: sold.dataAreaID, key: String(id))
        guard !Self.isWithdrawn(status) else { throw try await withdrawn(rma, number, link, steps) }

        try sold.refuseBaseCurrency("Return \(number)")
        let lines = try GiveBackLine.lines(of: rma, sold.order)
        let fingerprint = Self.fingerprint(lines, key: link)
        try await steps.refuseEcho(fingerprint)
        let known = try await steps.linked(link)
        let back = try GiveBack(
            policy.returnPrefix + number, sold, lines, profile: orders.profile(of: sold.dataAreaID),
            documents: ("return-order", "return-line"), records: ["return": rma.document],
            lots: try await sold.lots(context), title: "Return \(number)", context)
        if let known, !steps.hasConcluded("return order") {
            try await ReturnOrderChange(dynamics: context.dynamics, number: known, title: number)
                .apply(back, steps)
        }
        let booked = try await ReturnOrderBooking(dynamics: context.dynamics, tolerance: policy.tolerance)
            .ensure(back, link: link, steps)
        try await writeBack(booked, rma, sold, steps)
        try await steps.carried(fingerprint)
        return booked
    }

    /// Closed before anything came of it, by whoever decides in the shop.
    private static func isWithdrawn(_ status: String) -> Bool { ["closed", "denied", "rejected"].contains(status) }

    private func withdrawn(
        _ rma: CommerceReturn, _ number: String, _ link: LinkKey, _ steps: Steps
    ) async throws -> Verdict {
        guard let known = try await steps.linked(link),
            let booked = try await context.dynamics.returnOrder(number: known, dataAreaId: link.scope),
            booked.ReturnOrderStatus != "Closed", booked.ReturnOrderStatus != "Canceled"
        else {
            return .skip("return-status", "Return \(number) is \(rma.status ?? ""), and F&O expects nothing of it.")
        }
        return .park(
            "return-withdrawn",
            "Return \(number) is \(rma.status ?? "") in the shop; F&O still expects it as \(known).",
            advice: "Cancel return order \(known) in F&O, then replay the event.")
    }

    private static func fingerprint(_ lines: [GiveBackLine], key: LinkKey) -> Fingerprint {
        let told = lines.map { "\($0.number ?? 0) \($0.item) \($0.quantity) \($0.reason ?? "")" }
        return Fingerprint(key: key, digest: SHA256.hash(Array(told.joined(separator: "\n").utf8)))
    }

    private func writeBack(
        _ booked: String, _ rma: CommerceReturn, _ sold: CarriedOrder, _ steps: Steps
    ) async throws {
        let text = "Return order \(booked) created in Dynamics 365 (\(sold.dataAreaID))."
        try await steps.ensure("return comment") {
            try await context.commerce.comments(returnID: rma.entityID).contains(text) ? true : nil
        } create: {
            try await context.commerce.addReturnComment(
                returnID: rma.entityID, orderID: rma.orderID, text: text, status: rma.status ?? "authorized")
            return true
        }
    }
}

extension GiveBackLine {
    /// What is authorised of a return; what is denied comes not back.
    /// - Throws: `Verdict` or `OrderLinesError`.
    static func lines(of rma: CommerceReturn, _ order: CommerceOrder) throws -> [GiveBackLine] {
        let lines = try exportLines(of: order).compactMap { line -> GiveBackLine? in
            let items = rma.items.filter { $0.orderItemID == line.itemID && !$0.isDenied }
            let quantity = items.reduce(0) { $0 + $1.expected }
            guard quantity > 0 else { return nil }
            let row = line.rowTotal - line.discountAmount + line.discountTaxCompensationAmount
            return GiveBackLine(
                number: line.number, item: line.sku, name: line.name, quantity: quantity,
                net: (row * quantity / line.quantity).rounded(places: 2), reason: items.first?.reason)
        }
        guard !lines.isEmpty else {
            throw Verdict.skip(
                "empty-return", "Of return \(rma.incrementID ?? String(rma.entityID)) nothing is authorised.")
        }
        return lines
    }
}

extension CommerceReturn.Item {
    fileprivate var isDenied: Bool { ["denied", "rejected"].contains(status) }

    /// What was authorised; before anybody has decided, what was asked for.
    fileprivate var expected: Decimal { qtyAuthorized.flatMap { $0 > 0 ? $0 : nil } ?? qtyRequested }
}

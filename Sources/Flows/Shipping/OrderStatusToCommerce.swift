import Commerce
import Cryptography
public import Dynamics
import Foundation
import JSON
import Mapping
public import Relay

/// How far a sales order has come in F&O is told in Commerce: a comment, with a status where one is mapped; an order
/// that F&O cancelled is cancelled there as well.
///
/// The event only says that something happened; what it is, is read. A cancellation that came from Commerce ends here,
/// since the order is cancelled already.
public struct OrderStatusToCommerce: Flow {
    public static let name = "OrderStatusToCommerce"

    private let context: FlowContext
    private let policy: OrderStatusPolicy
    private var commerce: CommerceClient { context.commerce }

    public init(_ context: FlowContext, policy: OrderStatusPolicy = OrderStatusPolicy()) {
        self.context = context
        self.policy = policy
    }

    public func read(_ event: StoredEvent) throws -> SalesNotice { try SalesNotice(event, policy.notices) }

    public func run(_ notice: SalesNotice, _ steps: Steps) async throws -> String? {
        guard let number = notice.salesOrderNumber else {
            throw Verdict.park(
                "unreadable-event", "The event \(notice.BusinessEventId) has no SalesOrderNumber.",
                advice: "Name its field in dynamics.businessEvents.routes.\(notice.BusinessEventId).fields.")
        }
        let area = notice.legalEntity
        let client = context.dynamics
        guard let row = try await client.salesOrderStatus(number: number, dataAreaId: area) else {
            throw Verdict.salesOrderNotReadable(number, area)
        }
        let orders = WebOrders(context: context)
        let incrementID = try await orders.incrementID(of: number, in: area) { row.CustomersOrderReference }
        let lines = try await client.salesOrderLines(salesOrderNumber: number, dataAreaId: area)
        let news = OrderNews(row: row, canceledLines: lines.filter { $0.SalesOrderLineStatus == .Canceled })
        let fingerprint = try news.fingerprint
        try await steps.refuseEcho(fingerprint)
        let (order, id) = try await orders.order(incrementID, of: "Sales order \(number)")
        let told =
            row.SalesOrderStatus == .Canceled
            ? try await cancel(order, id, news, steps) : try await comment(order, id, news, steps)
        guard let told else {
            throw Verdict.skip(
                "nothing-to-tell",
                "Sales order \(number) is \(row.SalesOrderProcessingStatus ?? "of no status"), of which Commerce is "
                    + "not told.")
        }
        try await steps.carried(fingerprint)
        return "order \(incrementID): \(told)"
    }

    private func cancel(
        _ order: CommerceOrder, _ id: Int, _ news: OrderNews, _ steps: Steps
    ) async throws -> String? {
        let text = "Sales order \(news.row.SalesOrderNumber) was cancelled in Dynamics 365 (\(news.row.dataAreaId))."
        switch policy.cancellation {
        case .ignore: return nil
        case .comment: try await add(text, to: order, id, "comment", steps)
        case .cancel:
            guard try OrderStatusDecision.cancellation(of: order) == .cancel else { return "cancelled before" }
            try await steps.ensure("cancel") {
                try await commerce.order(entityID: id)?.state == "canceled" ? true : nil
            } create: {
                try await commerce.cancelOrder(orderID: id)
                return true
            }
            try await add(text, to: nil, id, "comment", steps)
        }
        return "cancelled"
    }

    /// - Returns: What was told; `nil` if there is nothing to tell.
    private func comment(
        _ order: CommerceOrder, _ id: Int, _ news: OrderNews, _ steps: Steps
    ) async throws -> String? {
        var told: [String] = []
        if let status = news.row.SalesOrderProcessingStatus, policy.told.contains(status) {
            try await tell(order, id, news, steps)
            told.append(status)
        }
        if let text = news.canceledLinesText {
            switch policy.lineCancellation {
            case .ignore: break
            case .park:
                throw Verdict.park(
                    "cancelled-lines", "Order \(order.incrementID): \(text)",
                    advice: "Commerce cancels no single line: refund or edit the order there, then skip the event.")
            case .comment:
                try await add(text, to: order, id, "cancelled lines", steps)
                told.append("\(news.canceledLines.count) cancelled lines")
            }
        }
        return told.isEmpty ? nil : told.joined(separator: ", ")
    }

    private func tell(_ order: CommerceOrder, _ id: Int, _ news: OrderNews, _ steps: Steps) async throws {
        let records = ["salesOrder": try JSONValue(encoding: news.row), "order": order.document]
        var record = try context.fill(
            "order-status", records, scope: news.row.dataAreaId.lowercased(),
            title: "Sales order \(news.row.SalesOrderNumber)")
        guard let text = record.text("comment") else { return }
        let status = try OrderStatusDecision.status(record.text("status"), of: order)
        record.set("status", .optional(status))
        record.set("parent_id", .int(id))
        let history = record.json
        try await steps.ensure("comment") {
            try await commerce.comments(orderID: id).contains(text) ? true : nil
        } create: {
            try await commerce.addComment(orderID: id, history: history)
            return true
        }
    }

    private func add(
        _ text: String, to order: CommerceOrder?, _ id: Int, _ step: String, _ steps: Steps
    ) async throws {
        try await steps.ensure(step) {
            try await commerce.comments(orderID: id).contains(text) ? true : nil
        } create: {
            try await commerce.addComment(orderID: id, text: text, status: order?.status)
            return true
        }
    }
}

/// What there is to tell of a sales order.
struct OrderNews: Sendable {
    let row: SalesOrderStatusRow
    let canceledLines: [SalesOrderLineRow]

    var canceledLinesText: String? {
        guard !canceledLines.isEmpty else { return nil }
        let lines = canceledLines.map { line in
            "\(line.OrderedSalesQuantity ?? 0) × \(line.ItemNumber ?? "line \(line.LineNumber)")"
        }
        return "Cancelled in Dynamics 365 (\(row.dataAreaId)): \(lines.joined(separator: ", "))."
    }

    var fingerprint: Fingerprint {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let told = Told(row: row, lines: canceledLines.map(\.InventoryLotId).sorted())
            return Fingerprint(
                key: LinkKey(kind: "order status", scope: row.dataAreaId.lowercased(), key: row.SalesOrderNumber),
                digest: SHA256.hash([UInt8](try encoder.encode(told))))
        }
    }

    private struct Told: Encodable {
        var row: SalesOrderStatusRow
        var lines: [String]
    }
}

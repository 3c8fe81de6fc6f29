import Foundation
import JSON
public import Relay

/// How much of something has been done.
public enum Extent: String, Sendable, CaseIterable {
    case none, part, all
}

/// How far an order has come in the shop.
public struct OrderProgress: Sendable, Equatable {
    /// Nothing of it is shipped.
    public var isVirtual: Bool
    public var invoiced: Extent
    public var shipped: Extent

    public init(isVirtual: Bool = false, invoiced: Extent = .none, shipped: Extent = .none) {
        self.isVirtual = isVirtual
        self.invoiced = invoiced
        self.shipped = shipped
    }
}

/// An order as a list gives it, with how far it has come. A list may leave out the shipping address.
public struct OrderRecord: Sendable, Equatable {
    public var order: CommerceOrder
    public var progress: OrderProgress

    public init(order: CommerceOrder, progress: OrderProgress) {
        self.order = order
        self.progress = progress
    }
}

extension CommerceOrder {
    /// When the shopper placed it, to the second; `nil` before the order is saved.
    public var placedAt: Timestamp? { createdAt.flatMap(CommerceTime.parse) }
}

extension OrderRecord {
    init(_ node: JSONNode) throws(OrderReadingError) {
        self.init(order: try CommerceOrder(node), progress: try OrderProgress(node))
    }
}

extension OrderProgress {
    /// Rounding may leave this much of an order that is invoiced wholly.
    private static let rounding = Decimal(1) / 100

    init(_ order: JSONNode) throws(OrderReadingError) {
        var rows: [Row] = []
        for item in try order["items"].list() { rows.append(try Row(item)) }
        let virtual = try order["is_virtual"].integer() ?? 0
        let total = try order["grand_total"].decimal() ?? 0
        let canceled = try order["total_canceled"].decimal() ?? 0
        let amount = try order["total_invoiced"].decimal() ?? 0
        self.init(
            isVirtual: virtual != 0,
            invoiced: Self.invoiced(amount, of: total - canceled, hasAny: rows.contains { $0.invoiced > 0 }),
            shipped: Self.shipped(rows))
    }

    /// By the amount: which rows of a bundle carry its invoiced quantity differs from bundle to bundle.
    private static func invoiced(_ amount: Decimal, of total: Decimal, hasAny: Bool) -> Extent {
        guard amount > 0 || hasAny else { return .none }
        return amount >= total - rounding ? .all : .part
    }

    /// A bundle is shipped by its parent or by its children; a configurable product by its parent.
    private static func shipped(_ rows: [Row]) -> Extent {
        guard rows.contains(where: { $0.shipped > 0 }) else { return .none }
        let isDone = rows.filter { $0.parent == nil && !$0.isVirtual }.allSatisfy { row in
            let children = rows.filter { $0.parent != nil && $0.parent == row.id && !$0.isVirtual }
            return row.isDone || !children.isEmpty && children.allSatisfy(\.isDone)
        }
        return isDone ? .all : .part
    }

    private struct Row {
        var id: Int?
        var parent: Int?
        var isVirtual: Bool
        var ordered: Decimal
        var invoiced: Decimal
        var shipped: Decimal
        /// Refunded or cancelled before it was shipped.
        var dropped: Decimal

        init(_ item: JSONNode) throws(OrderReadingError) {
            id = try item["item_id"].integer()
            parent = try item["parent_item_id"].integer()
            isVirtual = try (item["is_virtual"].integer() ?? 0) != 0
            ordered = try item["qty_ordered"].decimal() ?? 0
            invoiced = try item["qty_invoiced"].decimal() ?? 0
            shipped = try item["qty_shipped"].decimal() ?? 0
            let refunded = try item["qty_refunded"].decimal() ?? 0
            let canceled = try item["qty_canceled"].decimal() ?? 0
            dropped = refunded + canceled
        }

        var isDone: Bool { shipped + dropped >= ordered }
    }
}

import Commerce
import Cryptography
import Foundation
import JSON
import Relay

/// What of an order's state matters to F&O once it has the order.
struct OrderStanding: Sendable, Equatable, Codable {
    struct Left: Sendable, Equatable, Codable {
        /// The line's, as F&O has it.
        var number: Int
        var quantity: Decimal
    }

    var isHeld: Bool
    var isCanceled: Bool
    /// Lines of which something was cancelled, with what is left of them.
    var left: [Left]

    /// - Throws: `OrderLinesError` if the order's items are no lines.
    init(_ order: CommerceOrder) throws {
        isHeld = order.state == "holded"
        isCanceled = order.state == "canceled"
        let items = Dictionary(
            order.items.compactMap { item in item.itemID.map { ($0, item) } }, uniquingKeysWith: { first, _ in first }
        )
        left = try exportLines(of: order).compactMap { line in
            guard let item = line.itemID.flatMap({ items[$0] }), item.qtyCanceled > 0 else { return nil }
            return Left(number: line.number, quantity: max(0, line.quantity - item.qtyCanceled))
        }
    }

    /// Nothing that F&O has to be told.
    var isPlain: Bool { !isHeld && !isCanceled && left.isEmpty }

    func fingerprint(_ incrementID: String, in area: String) throws -> Fingerprint {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Fingerprint(
            key: LinkKey(kind: "order standing", scope: area, key: incrementID),
            digest: SHA256.hash([UInt8](try encoder.encode(self))))
    }
}

extension CommerceOrder {
    /// The order that this one replaced, after an edit in the back end.
    var replaces: String? { document.member("relation_parent_real_id") ?? originalIncrementID }

    /// The order that replaced this one.
    var replacedBy: String? { document.member("relation_child_real_id") }
}

extension JSONValue {
    fileprivate func member(_ name: String) -> String? { objectValue?[name]?.word }
}

import Relay

/// Something on which both platforms don't agree, and what mends it.
struct Difference: Sendable, Equatable {
    enum Code: String, Sendable, CaseIterable {
        /// An order of the shop has no sales order.
        case missing
        /// An order of the shop has several.
        case doubled
        /// The sales order is not over what was ordered.
        case differentTotal = "different-total"
        /// An invoice is on one side only.
        case notInvoiced = "not-invoiced"
        /// What F&O has delivered is not shipped in the shop.
        case notShipped = "not-shipped"
        /// Cancelled, or finished, on one side only.
        case wrongState = "wrong-state"
        /// The order in the shop does not carry the sales order's number.
        case numberNotWrittenBack = "number-not-written-back"
        /// A sales order from the shop whose order the shop does not know.
        case unknownToCommerce = "unknown-to-commerce"
    }

    enum Repair: Sendable, Equatable {
        /// Delivers a stored event again.
        case replay(EventID)
        /// Takes the order in as if it had just arrived.
        /// - Parameter forgetting: What the store remembers, and is not so any more.
        case takeIn(forgetting: [LinkKey])
        case writeBack(number: String)
        /// Stands in for a business event that did not come.
        case announce(ReconciliationPolicy.Announcement, forgetting: [LinkKey])

        var name: String {
            switch self {
            case .replay: "replay"
            case .takeIn: "take-in"
            case .writeBack: "write-back"
            case .announce(let what, _): "announce-\(what.rawValue)"
            }
        }
    }

    var code: Code
    /// The order's number in the shop.
    var incrementID: String?
    /// Lower case.
    var dataAreaID: String?
    /// The sales order's number, or the invoice's.
    var record: String?
    var commerce: String?
    var dynamics: String?
    var text: String
    var advice: String?
    /// `nil`: a person has to decide.
    var repair: Repair?

    /// Equal for one difference that is seen twice.
    var identity: String {
        [code.rawValue, incrementID, dataAreaID, record].map { $0 ?? "" }.joined(separator: "\n")
    }

    var finding: ReconciliationFinding {
        let salesOrder = "sales order \(dataAreaID ?? "")/\(record ?? "")"
        return ReconciliationFinding(
            code: code.rawValue, subject: incrementID.map { "order \($0)" } ?? salesOrder, near: incrementID,
            scope: dataAreaID, far: record, nearValue: commerce, farValue: dynamics, text: text, advice: advice,
            repair: repair?.name)
    }

    /// Whether a stored finding says the same.
    func isSame(as finding: ReconciliationFinding) -> Bool {
        code.rawValue == finding.code && incrementID == finding.near && dataAreaID == finding.scope
            && record == finding.far
    }
}

import Foundation
import Sandbox

/// One order of the demo, and how it should end.
struct DemoScene: Sendable {
    enum Ending: Sendable {
        /// A sales order with that many lines, and one Commerce invoice for each part.
        /// - Parameter parts: Quantity by line number; `nil` is everything that is left.
        case invoiced(lines: Int, parts: [[Decimal: Decimal]?])
        /// Waits for a person, for this reason.
        case parked(code: String)
    }

    var title: String
    var order: SandboxOrder
    var dataAreaID = "usmf"
    var ending: Ending
    /// Parcels: quantity by line number; `nil` is everything that is left. Each leaves before the invoice of its part.
    var parcels: [[Decimal: Decimal]?] = []
    /// What the shop gives the money back for at the end: quantity by SKU.
    var refund: [String: Decimal] = [:]

    static let unknownItem = "MYSTERY-99"

    /// Shipping is a line of its own, but for the order with nothing to ship.
    static let all = [
        DemoScene(
            title: "two simple products", order: .simple(incrementID: "000000001"),
            ending: .invoiced(lines: 3, parts: [nil])),
        DemoScene(
            title: "a configurable product, with a coupon", order: .configurable(incrementID: "000000002"),
            ending: .invoiced(lines: 2, parts: [nil])),
        DemoScene(
            title: "a bundle with dynamic prices", order: .bundleDynamic(incrementID: "000000003"),
            ending: .invoiced(lines: 3, parts: [nil])),
        DemoScene(
            title: "a bundle with a fixed price", order: .bundleFixed(incrementID: "000000004"),
            ending: .invoiced(lines: 2, parts: [nil])),
        DemoScene(
            title: "a guest, shipped and invoiced in two parts, and a refund",
            order: .guest(incrementID: "000000005"), ending: .invoiced(lines: 3, parts: [[1: 1], nil]),
            parcels: [[1: 1], nil], refund: ["MUG-01": 1]),
        DemoScene(
            title: "nothing to ship", order: .virtual(incrementID: "000000006"),
            ending: .invoiced(lines: 1, parts: [nil])),
        DemoScene(
            title: "a store of another legal entity", order: .simple(incrementID: "200000001").with(storeID: 2),
            dataAreaID: "dat", ending: .invoiced(lines: 3, parts: [nil])),
        DemoScene(
            title: "an item that D365 does not know",
            order: .simple(incrementID: "000000007").with(unknownItem: unknownItem),
            ending: .parked(code: "d365-validation")),
    ]
}

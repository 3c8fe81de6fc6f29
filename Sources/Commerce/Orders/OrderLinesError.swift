public import Foundation
public import Relay

/// Why an order's items can't be turned into lines whose money is right.
public enum OrderLinesError: Error, Equatable, CustomStringConvertible {
    /// - Parameter item: The child's SKU.
    case parentNotFound(order: String, item: String)
    /// The lines don't add up to what the order says.
    case sumDiffers(order: String, lines: Decimal, subtotal: Decimal)

    public var description: String {
        switch self {
        case .parentNotFound(let order, let item):
            "Order \(order): item \(item) belongs to another item that the order does not contain."
        case .sumDiffers(let order, let lines, let subtotal):
            "Order \(order): its lines add up to \(lines), its subtotal is \(subtotal)."
        }
    }
}

extension OrderLinesError: DeliveryFault {
    public var failureKind: FailureKind { .validation }

    public var reason: Reason {
        switch self {
        case .parentNotFound:
            Reason(
                code: "item-without-parent", message: description,
                advice: "Send all items in the webhook, or correct the order, then replay the event.")
        case .sumDiffers:
            Reason(
                code: "lines-differ-from-subtotal", message: description,
                advice: "Compare the items' row totals in Commerce; an extension or a version's bundle prices may "
                    + "count money twice. A webhook that is limited to some fields has to send the order's subtotal, "
                    + "or all other amounts that make up grand_total. "
                    + "Edit and resend the event once it is clear which amount is right."
            )
        }
    }
}

public import Relay

/// Why a body is no order that can be worked on.
public enum OrderReadingError: Error, Equatable, CustomStringConvertible {
    /// - Parameter detail: What is wrong at which byte.
    case malformedJSON(String)
    /// - Parameters:
    ///   - path: From the body's root: `data.order.items[2].qty_ordered`.
    ///   - found: What stands there; `nothing` if it is absent.
    case unusableField(path: String, found: String, expected: String)

    public var description: String {
        switch self {
        case .malformedJSON(let detail): "The body is not JSON (RFC 8259): \(detail)."
        case .unusableField(let path, let found, let expected): "\(path): found \(found), expected \(expected)."
        }
    }
}

extension OrderReadingError: DeliveryFault {
    public var failureKind: FailureKind { .validation }

    public var reason: Reason {
        Reason(
            code: "unreadable-order", message: description,
            advice: "If the webhook is limited to some fields, add the missing one or send the whole payload; "
                + "then replay the event.")
    }
}

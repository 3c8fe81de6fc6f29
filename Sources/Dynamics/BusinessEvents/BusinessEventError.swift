public import Relay

/// Why a body is not an event that Dynamics 365 sends.
public enum BusinessEventError: DeliveryFault, Equatable, CustomStringConvertible {
    /// - Parameter detail: What is wrong at which byte.
    case malformedJSON(String)
    /// JSON, but neither of the two shapes; `found` says what it is instead.
    case unknownShape(found: String)
    /// - Parameter field: The place from the top of the document: `InputParameters.Target.Id`.
    case missing(field: String, expected: String)
    case unreadable(field: String, found: String, expected: String)

    public var description: String {
        switch self {
        case .malformedJSON(let detail):
            "The event's body is not JSON (RFC 8259): \(detail)."
        case .unknownShape(let found):
            "The event's body is \(found); expected an object with BusinessEventId (a business event) "
                + "or with MessageName and PrimaryEntityName (a data event)."
        case .missing(let field, let expected):
            "\(field) is missing; expected \(expected)."
        case .unreadable(let field, let found, let expected):
            "\(field) is \(found); expected \(expected)."
        }
    }

    public var failureKind: FailureKind { .validation }

    public var reason: Reason {
        Reason(
            code: "d365-unreadable-event", message: description,
            advice: "Compare the body with the event's schema in the business events catalog of D365.")
    }
}

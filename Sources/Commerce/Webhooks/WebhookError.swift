/// Why a webhook's body is refused at the door.
public enum WebhookError: Error, Equatable, CustomStringConvertible {
    /// - Parameter detail: What is wrong at which byte.
    case malformedJSON(String)
    /// JSON, but no order in any place where Commerce puts one.
    case noOrder
    /// The same for a record of another kind.
    case noRecord(CommerceRecordKind)
    /// - Parameters:
    ///   - path: `data.order.increment_id`
    ///   - found: What stands there; `nothing` if it is absent.
    case unusableField(path: String, found: String, expected: String)

    public var description: String {
        switch self {
        case .malformedJSON(let detail):
            "The body is not JSON (RFC 8259): \(detail)."
        case .noOrder:
            "The body holds no order: expected an object at data.order (observer webhooks), order or entity (plugin "
                + "webhooks), or an order with increment_id itself. Check the webhook's method and its fields."
        case .noRecord(let kind):
            "The body holds no \(kind.rawValue): expected an object at "
                + RecordPlace.places(of: kind).dropLast().map { String($0.path.dropLast()) }.joined(separator: ", ")
                + ", or the record itself with its id. Check the webhook's method and its fields."
        case .unusableField(let path, let found, let expected):
            "\(path): found \(found), expected \(expected)."
        }
    }
}

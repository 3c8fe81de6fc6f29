import HTTPTypes

/// The routes of `/rest/{store}/V1/…` that the sandbox serves.
enum CommerceRoute: Equatable {
    case searchOrders
    case saveOrder
    case order(id: String)
    case comments(orderID: String)
    case addComment(orderID: String)
    case invoiceOrder(orderID: String)
    case searchInvoices
    case invoice(id: String)

    /// - Returns: `nil` if there is no such route. The store code may be any; it is optional.
    init?(method: HTTPRequest.Method, path: String) {
        var segments = path.split(separator: "/").map { QueryString.decode($0, plusIsSpace: false) ?? "" }[...]
        guard segments.popFirst() == "rest" else { return nil }
        if segments.first != "V1" { segments = segments.dropFirst() }
        guard segments.popFirst() == "V1" else { return nil }
        let rest = Array(segments)
        switch (method, rest.first, rest.count) {
        case (.get, "orders", 1): self = .searchOrders
        case (.post, "orders", 1): self = .saveOrder
        case (.get, "orders", 2): self = .order(id: rest[1])
        case (.get, "orders", 3) where rest[2] == "comments": self = .comments(orderID: rest[1])
        case (.post, "orders", 3) where rest[2] == "comments": self = .addComment(orderID: rest[1])
        case (.post, "order", 3) where rest[2] == "invoice": self = .invoiceOrder(orderID: rest[1])
        case (.get, "invoices", 1): self = .searchInvoices
        case (.get, "invoices", 2): self = .invoice(id: rest[1])
        default: return nil
        }
    }

    /// For the request counters.
    var name: String {
        switch self {
        case .searchOrders: "GET /V1/orders"
        case .saveOrder: "POST /V1/orders"
        case .order: "GET /V1/orders/{id}"
        case .comments: "GET /V1/orders/{id}/comments"
        case .addComment: "POST /V1/orders/{id}/comments"
        case .invoiceOrder: "POST /V1/order/{id}/invoice"
        case .searchInvoices: "GET /V1/invoices"
        case .invoice: "GET /V1/invoices/{id}"
        }
    }
}

/// The operations on orders and invoices that have grown with the sandbox; the others are `ShopDesk`'s.
enum CommerceRoute: Equatable {
    case searchOrders
    case saveOrder
    case createOrder
    case order(id: String)
    case comments(orderID: String)
    case addComment(orderID: String)
    case invoiceOrder(orderID: String)
    case searchInvoices

    /// - Returns: `nil` for all other operations.
    init?(_ match: CommerceContract.Match) {
        let id = match.values["id"] ?? match.values["orderId"] ?? ""
        switch match.operation.name {
        case "GET /V1/orders": self = .searchOrders
        case "POST /V1/orders": self = .saveOrder
        case "PUT /V1/orders/create": self = .createOrder
        case "GET /V1/orders/{id}": self = .order(id: id)
        case "GET /V1/orders/{id}/comments": self = .comments(orderID: id)
        case "POST /V1/orders/{id}/comments": self = .addComment(orderID: id)
        case "POST /V1/order/{orderId}/invoice": self = .invoiceOrder(orderID: id)
        case "GET /V1/invoices": self = .searchInvoices
        default: return nil
        }
    }
}

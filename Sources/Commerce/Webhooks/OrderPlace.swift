/// Where a body holds its order. If it has several, the first in this list counts.
enum OrderPlace: Int, CaseIterable, Comparable {
    /// `data.order`: observer webhooks, such as `observer.sales_order_place_after`.
    case observer
    /// `order`: plugin webhooks are keyed by PHP argument names; this one is that of
    /// `plugin.magento.sales.api.order_management.place`.
    case argument
    /// `entity`: the argument's name in `plugin.magento.sales.api.order_repository.save`.
    case entity
    /// The order itself, as REST gives it.
    case bare

    static let topLevel: [OrderPlace] = [.argument, .entity]

    /// The member that holds the order.
    var key: StaticString {
        switch self {
        case .observer, .argument: "order"
        case .entity: "entity"
        case .bare: ""
        }
    }

    /// What an order's fields are prefixed with in messages.
    var path: String {
        switch self {
        case .observer: "data.order."
        case .argument: "order."
        case .entity: "entity."
        case .bare: ""
        }
    }

    static func < (left: OrderPlace, right: OrderPlace) -> Bool { left.rawValue < right.rawValue }
}

import Foundation

/// An order as the operator asks for it: `{"kind": "guest", "storeID": 2}`.
struct OrderTicket {
    static let members = ["kind", "incrementID", "storeID", "email", "quantity", "unknownItem", "send"]
    static let kinds: [String: @Sendable (String) -> SandboxOrder] = [
        "simple": SandboxOrder.simple(incrementID:), "configurable": SandboxOrder.configurable(incrementID:),
        "bundle": SandboxOrder.bundleDynamic(incrementID:),
        "bundleDynamic": SandboxOrder.bundleDynamic(incrementID:),
        "bundleFixed": SandboxOrder.bundleFixed(incrementID:), "guest": SandboxOrder.guest(incrementID:),
        "virtual": SandboxOrder.virtual(incrementID:), "unknownItem": SandboxOrder.withUnknownItem(incrementID:),
    ]

    /// Whether the shop sends the order's webhook.
    let isSent: Bool

    private let make: @Sendable (String) -> SandboxOrder
    private let incrementID: String?
    private let storeID: Int
    private let email: String?
    private let quantity: Decimal?
    private let unknownItem: String?

    init(_ body: OperatorBody) throws(OperatorRefusal) {
        let kind = try body.string("kind") ?? "simple"
        guard let make = Self.kinds[kind] else {
            throw .bad("There is no kind \"\(kind)\"; there are \(Self.kinds.keys.sorted().joined(separator: ", ")).")
        }
        self.make = make
        incrementID = try body.string("incrementID")
        storeID = try body.int("storeID") ?? 1
        email = try body.string("email")
        quantity = try body.number("quantity")
        unknownItem = try body.string("unknownItem")
        isSent = try body.bool("send") ?? true
        guard storeID > 0 else { throw .bad("\"storeID\" is \(storeID); it must be at least 1.") }
        if let quantity, quantity <= 0 { throw .bad("\"quantity\" is \(quantity); it must be above 0.") }
    }

    /// - Parameter newIncrementID: A free one for a store.
    func order(newIncrementID: (Int) -> String) -> SandboxOrder {
        var order = make(incrementID ?? newIncrementID(storeID)).with(storeID: storeID)
        if let email { order = order.with(email: email) }
        if let quantity { order = order.with(quantity: quantity) }
        if let unknownItem { order = order.with(unknownItem: unknownItem) }
        return order
    }
}

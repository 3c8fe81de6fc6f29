import JSON
public import Relay

extension CommerceClient {
    /// Saves an order that no shopper has placed: `PUT /V1/orders/create` (`Magento_Sales::create`). Not safe to repeat:
    /// look for its effect in `orderRecords(email:placedFrom:)` first.
    ///
    /// Not by a cart: the guest carts of PaaS are not in the schema of SaaS, which leaves carts to GraphQL; and a cart
    /// would take stock and write to the buyer. The order is saved like any other, so the shop sends what it sends
    /// after an order's save; what hangs on the placing alone (`sales_order_place_after`) does not hear of it.
    public func createOrder(_ order: NewCommerceOrder) async throws -> CommerceOrder {
        try await answer(CommerceOperation.createOrder.rawValue) {
            try CommerceOrder(JSONNode(value: try await call(.createOrder, body: order.json)))
        }
    }

    /// The newest orders of this e-mail address, at most `recordPage`: `GET /V1/orders`
    /// (`Magento_Sales::actions_view`). Safe to repeat.
    public func orderRecords(email: String, placedFrom from: Timestamp) async throws -> [OrderRecord] {
        let criteria = SearchCriteria(
            [[.init("customer_email", .eq, email)], [.init("created_at", .gteq, CommerceTime.text(from))]],
            sortedBy: [.init("entity_id", isAscending: false)], pageSize: Self.recordPage)
        return try await search(.searchOrders, criteria) { node throws(OrderReadingError) in
            try OrderRecord(node)
        }.rows
    }
}

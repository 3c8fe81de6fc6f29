/// What people and defects do to a shop: for the demo, and for tests of whoever has to find it. Sends no webhooks.
extension SandboxCommerce {
    /// The ERP's number is gone from an order, as if it had never been written back.
    public func dropExternalNumber(incrementID: String) throws(SandboxError) {
        try breakOrder(incrementID) { $0.extOrderID = nil }
    }

    /// An order is in this state, however it came there: `canceled`, `holded`, `pending_payment`.
    public func setState(_ state: String, incrementID: String) throws(SandboxError) {
        try breakOrder(incrementID) { order in
            order.state = state
            order.status = state
        }
    }

    private func breakOrder(
        _ incrementID: String, _ change: (inout CommerceOrder) -> Void
    ) throws(SandboxError) {
        guard let order = desk.book.order(incrementID: incrementID),
            (try? desk.book.update(entityID: order.entityID, change)) != nil
        else { throw .unknownOrder(incrementID: incrementID) }
    }
}

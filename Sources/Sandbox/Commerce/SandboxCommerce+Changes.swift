import Foundation

/// What a person does with a stored order in the shop's back end. Each sends the order's webhook.
extension SandboxCommerce {
    /// Cancels what is not invoiced yet.
    @discardableResult
    public func cancel(incrementID: String) async throws(SandboxError) -> PlacedOrder {
        try await change(incrementID) { order throws(CommerceRefusal) in _ = order.cancel() }
    }

    @discardableResult
    public func hold(incrementID: String) async throws(SandboxError) -> PlacedOrder {
        try await change(incrementID) { order throws(CommerceRefusal) in try order.hold() }
    }

    @discardableResult
    public func unhold(incrementID: String) async throws(SandboxError) -> PlacedOrder {
        try await change(incrementID) { order throws(CommerceRefusal) in try order.unhold() }
    }

    /// Edits an order: it is cancelled, and another one takes its place, `000000042-1`. Both webhooks are sent, the new
    /// order's first, as Commerce saves it first.
    /// - Parameter change: What the person changes; the number is the shop's.
    /// - Returns: The new order.
    @discardableResult
    public func edit(
        incrementID: String, _ change: (inout SandboxOrder) -> Void
    ) async throws(SandboxError) -> PlacedOrder {
        guard let old = book.order(incrementID: incrementID) else { throw .unknownOrder(incrementID: incrementID) }
        let original = old.relation.original ?? incrementID
        let increment = (old.relation.editIncrement ?? 0) + 1
        var edited = old.placed
        edited.incrementID = "\(original)-\(increment)"
        change(&edited)
        let new = try book.add(edited)
        try alter(new.incrementID) { order throws(CommerceRefusal) in
            order.relation = OrderRelation(original: original, parent: incrementID, editIncrement: increment)
        }
        try alter(incrementID) { order throws(CommerceRefusal) in
            _ = order.cancel()
            order.relation.child = new.incrementID
        }
        let placed = try await sendWebhook(incrementID: new.incrementID)
        _ = try await sendWebhook(incrementID: incrementID)
        return placed
    }

    private func change(
        _ incrementID: String, _ body: (inout CommerceOrder) throws(CommerceRefusal) -> Void
    ) async throws(SandboxError) -> PlacedOrder {
        try alter(incrementID, body)
        return try await sendWebhook(incrementID: incrementID)
    }

    private func alter(
        _ incrementID: String, _ body: (inout CommerceOrder) throws(CommerceRefusal) -> Void
    ) throws(SandboxError) {
        guard let order = book.order(incrementID: incrementID) else { throw .unknownOrder(incrementID: incrementID) }
        do throws(CommerceRefusal) {
            _ = try book.change(entityID: order.entityID, body)
        } catch {
            throw .refusedByShop(incrementID: incrementID, reason: error.message)
        }
    }
}

/// What an order replaced by an edit, and what replaced it, each by its increment id.
struct OrderRelation: Sendable {
    /// The first of all.
    var original: String?
    var parent: String?
    var child: String?
    var editIncrement: Int?
}

extension CommerceOrder {
    /// Cancels what is not invoiced (`Magento\Sales\Model\Order::registerCancellation`): an order of which something
    /// was invoiced goes on with that.
    /// - Returns: `false` if there is nothing that can be cancelled.
    mutating func cancel() -> Bool {
        guard !["complete", "closed", "holded", "canceled", "payment_review"].contains(state), canInvoice else {
            return false
        }
        for index in items.indices {
            let open = items[index].quantityToInvoice
            items[index].quantityCanceled += open
            // Its other half goes with it.
            for child in items.indices where items[child].parentItemID == items[index].itemID && open > 0 {
                items[child].quantityCanceled += items[child].quantity * open / items[index].quantity
            }
        }
        let hasInvoices = items.contains { $0.quantityInvoiced > $0.quantityRefunded }
        state = hasInvoices ? (canShip ? "processing" : "complete") : "canceled"
        status = state
        return true
    }

    mutating func hold() throws(CommerceRefusal) {
        guard ["new", "processing"].contains(state) else { throw .bad("A hold action is not available.") }
        beforeHold = (state, status)
        state = "holded"
        status = "holded"
    }

    mutating func unhold() throws(CommerceRefusal) {
        guard let before = beforeHold else { throw .bad("You cannot remove the hold.") }
        (state, status) = before
        beforeHold = nil
    }
}

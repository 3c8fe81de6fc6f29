import Foundation
import Synchronization

/// All orders and invoices, with the indexes that keep a request from walking through them.
final class CommerceBook: Sendable {
    private struct State {
        /// By entity id, counted from `firstEntityID`.
        var orders: [CommerceOrder] = []
        var invoices: [CommerceInvoice] = []
        var byIncrementID: [String: Int] = [:]
        var byExtOrderID: [String: Int] = [:]
        var byEmail: [String: [Int]] = [:]
        var nextItemID = 9001
        var nextInvoiceItemID = 1
        var nextCommentID = 1
        var nextIncrement = 1
    }

    /// Above zero, so that an increment id taken for an entity id finds nothing.
    static let firstEntityID = 700_001
    static let firstInvoiceID = 1

    private let state = Mutex(State())
    private let now: @Sendable () -> Date

    init(now: @escaping @Sendable () -> Date) { self.now = now }

    func add(_ order: SandboxOrder) throws(SandboxError) -> CommerceOrder {
        guard !order.items.isEmpty else { throw .emptyOrder(incrementID: order.incrementID) }
        let date = now()
        let added = state.withLock { state -> CommerceOrder? in
            guard state.byIncrementID[order.incrementID] == nil else { return nil }
            let index = state.orders.count
            let priced = OrderPricing.order(
                order, entityID: Self.firstEntityID + index, firstItemID: state.nextItemID, at: date)
            state.nextItemID += priced.items.count
            state.orders.append(priced)
            state.byIncrementID[order.incrementID] = index
            state.byEmail[order.buyer.email.lowercased(), default: []].append(index)
            return priced
        }
        guard let added else { throw .duplicateOrder(incrementID: order.incrementID) }
        return added
    }

    /// A free increment id of that store: `000000042`, or `2000000042` for store 2.
    func newIncrementID(storeID: Int) -> String {
        state.withLock { state in
            while true {
                let number = TimeText.padded(state.nextIncrement, width: 9)
                let id = storeID == 1 ? number : "\(storeID)\(number)"
                state.nextIncrement += 1
                if state.byIncrementID[id] == nil { return id }
            }
        }
    }

    func order(incrementID: String) -> CommerceOrder? {
        state.withLock { state in state.byIncrementID[incrementID].map { state.orders[$0] } }
    }

    func order(entityID: Int) -> CommerceOrder? {
        state.withLock { state in Self.index(of: entityID, state).map { state.orders[$0] } }
    }

    var orders: [CommerceOrder] { state.withLock { $0.orders } }
    var invoices: [CommerceInvoice] { state.withLock { $0.invoices } }

    func invoice(entityID: Int) -> CommerceInvoice? {
        state.withLock { state in
            let index = entityID - Self.firstInvoiceID
            return state.invoices.indices.contains(index) ? state.invoices[index] : nil
        }
    }

    /// The orders that can match, by whichever index applies.
    func candidates(for criteria: SearchCriteria) -> [CommerceOrder] {
        state.withLock { state in
            if let id = criteria.equality("entity_id") {
                return Int(id).flatMap { Self.index(of: $0, state) }.map { [state.orders[$0]] } ?? []
            }
            if let id = criteria.equality("increment_id") {
                return state.byIncrementID[id].map { [state.orders[$0]] } ?? []
            }
            if let id = criteria.equality("ext_order_id") {
                return state.byExtOrderID[id].map { [state.orders[$0]] } ?? []
            }
            if let email = criteria.equality("customer_email") {
                return (state.byEmail[email.lowercased()] ?? []).map { state.orders[$0] }
            }
            return state.orders
        }
    }

    func invoiceCandidates(for criteria: SearchCriteria) -> [CommerceInvoice] {
        state.withLock { state in
            guard let orderID = criteria.equality("order_id") else { return state.invoices }
            guard let index = Int(orderID).flatMap({ Self.index(of: $0, state) }) else { return [] }
            return state.orders[index].invoiceIDs.map { state.invoices[$0 - Self.firstInvoiceID] }
        }
    }

    /// Changes an order; its external number is indexed anew.
    func update(
        entityID: Int, _ change: (inout CommerceOrder) -> Void
    ) throws(CommerceRefusal) -> CommerceOrder {
        let date = now()
        let changed = state.withLock { state -> CommerceOrder? in
            guard let index = Self.index(of: entityID, state) else { return nil }
            if let id = state.orders[index].extOrderID { state.byExtOrderID[id] = nil }
            change(&state.orders[index])
            state.orders[index].updatedAt = date
            if let id = state.orders[index].extOrderID { state.byExtOrderID[id] = index }
            return state.orders[index]
        }
        guard let changed else { throw .noSuchEntity }
        return changed
    }

    /// - Parameter comment: Makes the comment from its id, the order, and the time.
    func addComment(
        entityID: Int, _ comment: (Int, CommerceOrder, Date) -> CommerceOrder.Comment
    ) throws(CommerceRefusal) {
        let date = now()
        let isAdded = state.withLock { state in
            guard let index = Self.index(of: entityID, state) else { return false }
            let added = comment(state.nextCommentID, state.orders[index], date)
            state.nextCommentID += 1
            state.orders[index].comments.append(added)
            state.orders[index].status = added.status
            state.orders[index].updatedAt = date
            return true
        }
        guard isAdded else { throw .noSuchEntity }
    }

    /// - Returns: `false` if there is no such order.
    func changePlaced(incrementID: String, _ change: (inout SandboxOrder) -> Void) -> Bool {
        let date = now()
        return state.withLock { state in
            guard let index = state.byIncrementID[incrementID] else { return false }
            change(&state.orders[index].placed)
            state.orders[index].updatedAt = date
            return true
        }
    }

    func addInvoice(orderID: Int, _ request: InvoiceRequest) throws(CommerceRefusal) -> CommerceInvoice {
        let date = now()
        return try state.withLock { state throws(CommerceRefusal) in
            guard let index = Self.index(of: orderID, state) else { throw .noSuchEntity }
            let invoice = try state.orders[index].makeInvoice(
                request, entityID: Self.firstInvoiceID + state.invoices.count,
                firstItemID: state.nextInvoiceItemID, at: date)
            state.nextInvoiceItemID += invoice.items.count
            state.invoices.append(invoice)
            return invoice
        }
    }

    /// Takes the payment of an open invoice.
    func captureInvoice(entityID: Int) throws(CommerceRefusal) -> CommerceInvoice {
        try state.withLock { state throws(CommerceRefusal) in
            let index = entityID - Self.firstInvoiceID
            guard state.invoices.indices.contains(index),
                let order = Self.index(of: state.invoices[index].orderID, state)
            else { throw .noSuchEntity }
            guard state.invoices[index].state == 1 else { throw .bad("The invoice can't be captured.") }
            state.invoices[index].state = 2
            state.orders[order].amounts.paid += state.invoices[index].totals.grandTotal
            state.orders[order].baseAmounts.paid += state.invoices[index].baseTotals.grandTotal
            return state.invoices[index]
        }
    }

    /// Changes an order, unless it is refused: nothing comes between what is read and what is written.
    func change<Result>(
        entityID: Int, _ body: (inout CommerceOrder) throws(CommerceRefusal) -> Result
    ) throws(CommerceRefusal) -> Result {
        let date = now()
        return try state.withLock { state throws(CommerceRefusal) in
            guard let index = Self.index(of: entityID, state) else { throw .noSuchEntity }
            var order = state.orders[index]
            let result = try body(&order)
            order.updatedAt = date
            state.orders[index] = order
            return result
        }
    }

    private static func index(of entityID: Int, _ state: State) -> Int? {
        let index = entityID - firstEntityID
        return state.orders.indices.contains(index) ? index : nil
    }
}

import Commerce
import Dynamics
import Relay

/// Finds the shop's order that a sales order came from.
struct WebOrders: Sendable {
    let context: FlowContext

    /// By our own link, or by the reference that the order carried into F&O.
    /// - Parameters:
    ///   - reference: `CustomersOrderReference` of the sales order; asked for only where there is no link.
    /// - Throws: A `Verdict` that skips what did not come from Commerce.
    func incrementID(
        of salesOrder: String, in legalEntity: String, reference: () async throws -> String?
    ) async throws -> String {
        if let known = try await context.links.key(kind: "order", scope: legalEntity, value: salesOrder) {
            return known
        }
        guard let reference = try await reference(), !reference.isEmpty else {
            throw Verdict.skip(
                "not-a-web-order",
                "Sales order \(salesOrder) has no link and no CustomersOrderReference: it did not come from Commerce."
            )
        }
        return reference
    }

    /// The same, reading the reference from the sales order.
    func incrementID(of salesOrder: String, in legalEntity: String) async throws -> String {
        try await incrementID(of: salesOrder, in: legalEntity) {
            guard let row = try await context.dynamics.salesOrderStatus(number: salesOrder, dataAreaId: legalEntity)
            else { throw Verdict.salesOrderNotReadable(salesOrder, legalEntity) }
            return row.CustomersOrderReference
        }
    }

    /// - Parameter what: Of which record, for people: `Packing slip PS-000001`.
    /// - Throws: A `Verdict` to try again while Commerce does not know the order.
    func order(_ incrementID: String, of what: String) async throws -> (order: CommerceOrder, id: Int) {
        guard let order = try await context.commerce.order(incrementID: incrementID), let id = order.entityID else {
            throw Verdict.retry(
                "unknown-commerce-order",
                "\(what) belongs to order \(incrementID), which Commerce does not know.",
                advice: "Check that commerce.baseURL is the shop that the order came from.")
        }
        return (order, id)
    }
}

extension Verdict {
    /// An event leaves with the commit, but a read may reach another node a moment earlier.
    static func salesOrderNotReadable(_ number: String, _ legalEntity: String) -> Verdict {
        .retry("sales-order-not-readable", "F&O does not show sales order \(number) in \(legalEntity) yet.")
    }
}

extension SalesNotice {
    /// - Throws: A `Verdict` that parks what cannot be read.
    init(_ event: StoredEvent, _ fields: NoticeFields) throws(Verdict) {
        do throws(BusinessEventError) {
            self = try SalesNotice(event.body, fields: fields)
        } catch {
            throw Verdict.park("unreadable-event", "The business event cannot be read: \(error)")
        }
        // Only deliveries of one subject keep out of each other's way: an edited event must stay the order that it was.
        if let subject, event.subject.hasPrefix("sales order "), subject != event.subject {
            throw Verdict.park(
                "another-sales-order", "The event is of \(event.subject), but its body tells of \(subject).",
                advice: "Skip this event, and send the other one from F&O.")
        }
    }
}

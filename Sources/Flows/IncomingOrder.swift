public import Commerce
import Relay

/// What an event says about an order.
public enum IncomingOrder: Sendable, Equatable {
    /// All of it: a webhook.
    case whole(CommerceOrder)
    /// That it changed: an event of Adobe I/O Events, whose fields are the subscription's choice. The order is read from
    /// the shop when it is carried, so that events which overtook each other do no harm.
    case changed(OrderNotice)

    init(_ event: StoredEvent) throws(Verdict) {
        do {
            if let notice = try CommerceEvent.orderNotice(in: event.body) {
                self = .changed(notice)
            } else {
                self = .whole(try CommerceOrder.read(event.body))
            }
        } catch let error as WebhookError {
            throw Verdict.park(
                "unreadable-order", "The event does not say of which order it is: \(error)",
                advice: "Add increment_id to the event's fields in Commerce, then skip this one: the next tells all.")
        } catch {
            throw Verdict.park(
                "unreadable-order", "The order cannot be read: \(error)",
                advice: "Send the whole order payload from Commerce (a hook without field filters).")
        }
    }

    /// - Throws: A `Verdict` to try again if the shop does not know the order (yet).
    func order(from commerce: CommerceClient) async throws -> CommerceOrder {
        switch self {
        case .whole(let order): return order
        case .changed(let notice):
            guard let order = try await commerce.order(incrementID: notice.incrementID) else {
                throw Verdict.unknownOrder(notice.incrementID)
            }
            return order
        }
    }
}

extension Verdict {
    /// A hook or an event that leaves before Commerce commits is faster than the order it tells of.
    static func unknownOrder(_ incrementID: String) -> Verdict {
        .retry(
            "unknown-commerce-order", "Commerce does not know order \(incrementID).",
            advice: "Check that the webhook or event and commerce.baseURL belong to the same shop.")
    }
}

import Commerce
public import Relay

extension StoredEvent {
    /// When the order of this event was placed in the shop, as far as the event tells; otherwise when it was received.
    public var orderPlacedAt: Timestamp {
        guard let incoming = try? IncomingOrder(self), case .whole(let order) = incoming else { return receivedAt }
        return order.placedAt ?? receivedAt
    }
}

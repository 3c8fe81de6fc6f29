public import Relay

/// How a repair reaches the flows: as events, like everything that arrives.
public struct RepairRoad: Sendable {
    let intake: Intake
    let orders: [Route]
    let businessEvent: @Sendable ([UInt8], Timestamp) throws -> NewEvent
    let event: @Sendable (ReconciliationPolicy.Announcement) -> String?
    let shipping: ShippingPolicy
    let wakeAll: @Sendable () -> Void

    /// - Parameters:
    ///   - orders: Where orders of the shop go.
    ///   - event: The `BusinessEventId` that starts the flow of this kind; `nil` if none is routed to it.
    ///   - businessEvent: Makes an event of a flat business event as its arrival would.
    ///   - shipping: Where F&O shows shipments, and what the fields of their events are called.
    ///   - wakeAll: Called when deliveries were put back.
    public init(
        intake: Intake, orders: [Route], shipping: ShippingPolicy,
        event: @escaping @Sendable (ReconciliationPolicy.Announcement) -> String?,
        businessEvent: @escaping @Sendable ([UInt8], Timestamp) throws -> NewEvent,
        wakeAll: @escaping @Sendable () -> Void
    ) {
        self.intake = intake
        self.orders = orders
        self.event = event
        self.shipping = shipping
        self.businessEvent = businessEvent
        self.wakeAll = wakeAll
    }
}

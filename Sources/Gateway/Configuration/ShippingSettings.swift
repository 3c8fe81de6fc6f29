import Dynamics
public import Flows

/// What of shipments, invoices and statuses goes to Commerce, and how. Fields are the business of mapping documents.
public struct ShippingSettings: Sendable, Equatable {
    public var bundles = BundleShipping.together
    public var capture = CaptureRules()
    /// The property of F&O's invoice lines that names their sales order.
    public var invoiceOrderProperty: String?
    /// Statuses of a sales order that are told.
    public var told = OrderStatusPolicy.standardTold
    public var cancellation = OrderStatusPolicy.Cancellation.cancel
    public var lineCancellation = OrderStatusPolicy.LineCancellation.comment

    public init() {}
}

extension GatewayConfiguration {
    var shippingPolicy: ShippingPolicy {
        ShippingPolicy(
            notices: dynamics.businessEvents.fields, entities: dynamics.shipments, charges: orderPolicy.chargeItems,
            bundles: shipping.bundles)
    }

    var invoicePolicy: InvoicePolicy {
        InvoicePolicy(
            capture: shipping.capture, charges: orderPolicy.chargeItems,
            orderProperty: shipping.invoiceOrderProperty)
    }

    var orderStatusPolicy: OrderStatusPolicy {
        OrderStatusPolicy(
            notices: dynamics.businessEvents.fields, told: shipping.told, cancellation: shipping.cancellation,
            lineCancellation: shipping.lineCancellation)
    }
}

/// What the simulated shop refuses, or does wrong inside answers that look right. All off: nothing.
public struct ShopFaultPlan: Sendable, Equatable {
    /// ACL resources by the operations, `GET /V1/invoices`, that the integration was not granted them for.
    public var missingResources: [String: String] = [:]
    /// Rows with one of these SKUs are refused by the price operations, inside a 200.
    public var refusedPriceSKUs: Set<String> = []
    /// Bulk operations stay open for ever, as if no consumer ran. Their effects still happen if `bulkIsWorkedOn`.
    public var bulkStaysOpen = false
    /// Whether bulk operations have their effect although their status does not say so.
    public var bulkIsWorkedOn = true
    /// How many of the next bulk operations fail for a lock that they could not get.
    public var nextBulkLockFailures = 0
    /// Web API input limits: the most elements of an array in a request; `nil` is off, as in a new shop.
    public var inputLimit: Int?
    /// The most records on a page; `nil` is off.
    public var pageLimit: Int?
    /// Commerce with several inventory sources: a shipment must name one.
    public var needsSourceCode = false

    /// The inventory sources that the shop has; a shipment from another one is refused. `nil` takes any.
    public var sources: Set<String>?

    public init() {}
}

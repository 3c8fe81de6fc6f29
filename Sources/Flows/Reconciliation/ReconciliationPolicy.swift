/// What counts as a difference between both platforms.
public struct ReconciliationPolicy: Sendable, Equatable {
    /// From when on a sales order should have a shipment in the shop.
    public enum Shipping: String, Sendable, CaseIterable {
        case off
        /// Once F&O says that it is delivered.
        case delivered
        /// Once it is invoiced as well: for companies that post both at once.
        case invoiced
    }

    /// Business events that a repair can stand in for.
    public enum Announcement: String, Sendable, CaseIterable {
        case invoice
        case shipment
        case cancellation
    }

    public var orders: OrderPolicy
    /// How old a record must be to be judged: younger ones may still be on their way.
    public var settle: Duration
    /// How long to wait before findings are looked at once more. What moved meanwhile is none.
    public var confirm: Duration
    /// Findings that are kept of one comparison; more are counted.
    public var mostFindings: Int
    /// Whether an invoice of the shop must have one in F&O: not so where payments are taken before goods are sent.
    public var shopInvoicesCount: Bool
    public var shipping: Shipping
    /// Those that a flow is there for.
    public var announcements: Set<Announcement>

    public init(
        orders: OrderPolicy, settle: Duration = .seconds(1800), confirm: Duration = .seconds(60),
        mostFindings: Int = 1000, shopInvoicesCount: Bool = false, shipping: Shipping = .delivered,
        announcements: Set<Announcement> = [.invoice]
    ) {
        self.orders = orders
        self.settle = settle
        self.confirm = confirm
        self.mostFindings = mostFindings
        self.shopInvoicesCount = shopInvoicesCount
        self.shipping = shipping
        self.announcements = announcements
    }

    /// The longest period of one comparison.
    public static let longestPeriod = Duration.seconds(366 * 86_400)
}

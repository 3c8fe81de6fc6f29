public import Flows
import Relay

/// When both platforms are compared, and what counts.
public struct ReconciliationSettings: Sendable, Equatable {
    /// Minutes since midnight UTC of the daily comparison; `nil`: only when somebody asks for it.
    public var at: Int?
    /// How far the daily comparison looks back.
    public var period = Duration.seconds(3 * 86_400)
    /// How old a record must be to be judged.
    public var settle = Duration.seconds(30 * 60)
    /// How long to wait before findings are looked at once more.
    public var confirm = Duration.seconds(60)
    /// Findings that are kept of one comparison.
    public var findings = 1000
    /// How long comparisons are kept.
    public var keep = Duration.seconds(90 * 86_400)
    /// Whether an invoice of the shop must have one in F&O.
    public var shopInvoices = false
    public var shipping = ReconciliationPolicy.Shipping.delivered

    public init() {}

    func policy(_ orders: OrderPolicy, _ announcements: Set<ReconciliationPolicy.Announcement>)
        -> ReconciliationPolicy
    {
        ReconciliationPolicy(
            orders: orders, settle: settle, confirm: confirm, mostFindings: findings, shopInvoicesCount: shopInvoices,
            shipping: shipping, announcements: announcements)
    }
}

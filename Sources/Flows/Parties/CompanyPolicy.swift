public import Commerce
public import Dynamics

/// What a company decides about the companies (B2B) in its shop.
public struct CompanyPolicy: Sendable, Equatable {
    public var orders: CompanyOrders
    /// Companies in these states are skipped; a later change of state is carried.
    public var skippedStates: Set<CommerceCompany.Status>
    /// Whether the account's number is kept as the company's `reseller_id`, and looked for there.
    public var writesAccount: Bool
    /// See `CustomerPolicy.createOnly`.
    public var createOnly: Set<String>
    /// What a customer is on hold for when the company is blocked in Commerce. Empty leaves the company's state alone;
    /// otherwise F&O decides it, and a company whose account is free again is approved.
    public var blocksFor: Set<String>
    /// Where balances come from; `nil` leaves balances alone.
    public var balance: BalanceSource?

    public static let standardSkippedStates: Set<CommerceCompany.Status> = [.pending, .rejected]
    public static let standardCreateOnly: Set<String> = CustomerPolicy.standardCreateOnly.union([
        "CreditLimit", "OnHoldStatus",
    ])

    public init(
        orders: CompanyOrders = .user, skippedStates: Set<CommerceCompany.Status> = standardSkippedStates,
        writesAccount: Bool = true, createOnly: Set<String> = standardCreateOnly, blocksFor: Set<String> = [],
        balance: BalanceSource? = nil
    ) {
        self.orders = orders
        self.skippedStates = skippedStates
        self.writesAccount = writesAccount
        self.createOnly = createOnly
        self.blocksFor = blocksFor
        self.balance = balance
    }
}

/// Whose account the orders of a company's users go to.
public enum CompanyOrders: String, Sendable, CaseIterable {
    /// The user's own, like any shopper's.
    case user
    /// The company's. Its users have no accounts of their own then.
    case company
}

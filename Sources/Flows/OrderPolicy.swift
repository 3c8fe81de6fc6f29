public import Foundation

/// What a company decides about its orders; everything else follows from the order itself.
public struct OrderPolicy: Sendable, Equatable {
    public var legalEntities: LegalEntities
    /// For legal entities without a profile of their own.
    public var standardProfile: EntityProfile
    /// By `dataAreaId`, lower case.
    public var profiles: [String: EntityProfile]
    /// Orders in these Commerce states are skipped: there is nothing to deliver yet, or any more. A later webhook
    /// of the same order, in another state, is carried.
    public var skippedStates: Set<String>
    /// The most by which the sum of the lines in F&O may differ from the order's, in the sales order's currency.
    public var tolerance: Decimal
    /// F&O's `SalesOrderOriginCode`; must exist there.
    public var salesOrderOrigin: String?
    public var lines: LineCreation
    public var money: OrderMoney
    /// What F&O is told of orders that change after they were carried.
    public var changes = OrderChangePolicy()

    public static let standardSkippedStates: Set<String> = [
        "pending_payment", "payment_review", "holded", "canceled", "closed",
    ]
    /// Five cents: what rounding line by line adds up to in an ordinary order.
    public static let standardTolerance = Decimal(sign: .plus, exponent: -2, significand: 5)

    public init(
        legalEntities: LegalEntities, standardProfile: EntityProfile, profiles: [String: EntityProfile] = [:],
        skippedStates: Set<String> = standardSkippedStates, tolerance: Decimal = standardTolerance,
        salesOrderOrigin: String? = nil, lines: LineCreation = .oneByOne, money: OrderMoney = OrderMoney()
    ) {
        self.legalEntities = legalEntities
        self.standardProfile = standardProfile
        self.profiles = profiles
        self.skippedStates = skippedStates
        self.tolerance = tolerance
        self.salesOrderOrigin = salesOrderOrigin
        self.lines = lines
        self.money = money
    }

    public func profile(of dataAreaID: String) -> EntityProfile { profiles[dataAreaID] ?? standardProfile }

    /// The items that stand for shipping and other charges in any legal entity.
    public var chargeItems: Set<String> {
        let shipping = ([standardProfile] + profiles.values).compactMap {
            if case .item(let item) = $0.shipping { item } else { nil }
        }
        return money.chargeItems.union(shipping)
    }
}

/// How the lines of an order come into F&O.
public enum LineCreation: String, Sendable, CaseIterable {
    /// A call for each. A line that is refused leaves those before it.
    case oneByOne
    /// All in one transaction and one call. A line that is refused leaves none.
    case changeSet
}

/// How a legal entity wants its web orders.
public struct EntityProfile: Sendable, Equatable {
    /// `CustomerGroupId` of customers that Causeway creates; F&O requires one.
    public var customerGroup: String
    public var paymentTerms: String?
    /// `LanguageId` of customers that Causeway creates: `en-us`.
    public var language: String?
    /// Default site and warehouse of the order; F&O refuses lines that have neither their own nor the order's.
    public var site: String?
    public var warehouse: String?
    public var shipping: Shipping

    public init(
        customerGroup: String, paymentTerms: String? = nil, language: String? = nil, site: String? = nil,
        warehouse: String? = nil, shipping: Shipping = .leftToDynamics
    ) {
        self.customerGroup = customerGroup
        self.paymentTerms = paymentTerms
        self.language = language
        self.site = site
        self.warehouse = warehouse
        self.shipping = shipping
    }
}

/// Where the shipping amount goes. Plain OData has no charge on the order's header.
public enum Shipping: Sendable, Equatable {
    /// A line of its own with this service item.
    case item(String)
    /// F&O adds its own charges; the amount that the shopper paid is not sent.
    case leftToDynamics
}

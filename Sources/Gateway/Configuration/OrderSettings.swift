public import Flows
public import Foundation

/// How Commerce orders become sales orders.
public struct OrderSettings: Sendable, Equatable {
    public var defaults: OrderDefaults
    /// `dataAreaId` → the whole set of defaults for that company.
    public var perLegalEntity: [String: OrderDefaults]
    /// How far the totals of both sides may differ, in the order's currency.
    public var tolerance: Decimal
    /// Commerce order states that are not carried over.
    public var skipStates: [String]
    /// `SalesOrderOriginCode` of created orders.
    public var origin: String?
    public var lines: LineCreation
    public var money = OrderMoney()
    /// What F&O is told of orders that change after they were carried.
    public var changes = OrderChangePolicy()

    public init(
        defaults: OrderDefaults = OrderDefaults(), perLegalEntity: [String: OrderDefaults] = [:],
        tolerance: Decimal = OrderSettings.defaultTolerance, skipStates: [String] = OrderSettings.defaultSkipStates,
        origin: String? = nil, lines: LineCreation = .oneByOne
    ) {
        self.defaults = defaults
        self.perLegalEntity = perLegalEntity
        self.tolerance = tolerance
        self.skipStates = skipStates
        self.origin = origin
        self.lines = lines
    }

    public static let defaultTolerance = OrderPolicy.standardTolerance
    public static let defaultSkipStates = OrderPolicy.standardSkippedStates.sorted()

    public func defaults(for legalEntity: String) -> OrderDefaults { perLegalEntity[legalEntity] ?? defaults }
}

/// What Dynamics wants to know and Commerce does not say.
public struct OrderDefaults: Sendable, Equatable {
    /// `CustomerGroupId` of created customers.
    public var customerGroup: String
    /// `PaymentTermsName`.
    public var paymentTerms: String?
    /// `ShippingSiteId`.
    public var site: String?
    /// `ShippingWarehouseId`.
    public var warehouse: String?
    /// `LanguageId` of created customers: `en-us`.
    public var language: String?
    /// The item that carries the shipping amount as a line; without one, shipping is not carried over.
    public var shippingItem: String?

    public init(
        customerGroup: String = "10", paymentTerms: String? = nil, site: String? = nil, warehouse: String? = nil,
        language: String? = nil, shippingItem: String? = nil
    ) {
        self.customerGroup = customerGroup
        self.paymentTerms = paymentTerms
        self.site = site
        self.warehouse = warehouse
        self.language = language
        self.shippingItem = shippingItem
    }
}

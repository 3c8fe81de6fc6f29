public import Foundation
public import JSON

/// An order as an ERP needs it, whichever way it came. Fields keep Commerce's names; what Commerce leaves out is
/// `nil`, except for amounts that are added up, where it means 0.
public struct CommerceOrder: Sendable, Equatable {
    /// The database id; `nil` before the order is saved.
    public var entityID: Int?
    /// The number the customer sees: `000000042`.
    public var incrementID: String
    /// The ERP's number, once it was written back.
    public var extOrderID: String?
    /// For an order that replaced another one: that one's increment id.
    public var originalIncrementID: String?
    /// `new`, `processing`, `complete`, …
    public var state: String?
    /// The merchant's own label for the state.
    public var status: String?
    public var storeID: Int?
    /// `YYYY-MM-DD HH:MM:SS` in UTC.
    public var createdAt: String?
    /// `YYYY-MM-DD HH:MM:SS` in UTC.
    public var updatedAt: String?
    public var customer: CommerceCustomer
    /// What the customer typed at the checkout.
    public var customerNote: String?
    public var currencies: CommerceCurrencies
    /// In the order's currency.
    public var totals: CommerceTotals
    /// In the website's base currency.
    public var baseTotals: CommerceTotals
    public var couponCode: String?
    public var discountDescription: String?
    public var shipping: CommerceShipping
    public var billingAddress: CommerceAddress?
    /// `nil` for orders with nothing to ship.
    public var shippingAddress: CommerceAddress?
    public var payment: CommercePayment?
    /// Parents and children alike, in Commerce's order; see `exportLines`.
    public var items: [CommerceOrderItem]
    /// The order as it came, for mapping documents: what an ERP may need beyond the fields above.
    public var document: JSONValue

    public init(
        entityID: Int? = nil, incrementID: String, extOrderID: String? = nil, originalIncrementID: String? = nil,
        state: String? = nil, status: String? = nil, storeID: Int? = nil, createdAt: String? = nil,
        updatedAt: String? = nil, customer: CommerceCustomer = CommerceCustomer(), customerNote: String? = nil,
        currencies: CommerceCurrencies, totals: CommerceTotals, baseTotals: CommerceTotals? = nil,
        couponCode: String? = nil, discountDescription: String? = nil,
        shipping: CommerceShipping = CommerceShipping(), billingAddress: CommerceAddress? = nil,
        shippingAddress: CommerceAddress? = nil, payment: CommercePayment? = nil, items: [CommerceOrderItem],
        document: JSONValue = .null
    ) {
        self.entityID = entityID
        self.incrementID = incrementID
        self.extOrderID = extOrderID
        self.originalIncrementID = originalIncrementID
        self.state = state
        self.status = status
        self.storeID = storeID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.customer = customer
        self.customerNote = customerNote
        self.currencies = currencies
        self.totals = totals
        self.baseTotals = baseTotals ?? totals
        self.couponCode = couponCode
        self.discountDescription = discountDescription
        self.shipping = shipping
        self.billingAddress = billingAddress
        self.shippingAddress = shippingAddress
        self.payment = payment
        self.items = items
        self.document = document
    }
}

public struct CommerceCustomer: Sendable, Equatable {
    /// `nil` for guests.
    public var id: Int?
    public var isGuest: Bool
    public var groupID: Int?
    public var email: String?
    public var firstname: String?
    public var lastname: String?
    public var taxvat: String?

    public init(
        id: Int? = nil, isGuest: Bool = true, groupID: Int? = nil, email: String? = nil,
        firstname: String? = nil, lastname: String? = nil, taxvat: String? = nil
    ) {
        self.id = id
        self.isGuest = isGuest
        self.groupID = groupID
        self.email = email
        self.firstname = firstname
        self.lastname = lastname
        self.taxvat = taxvat
    }
}

/// ISO 4217 codes and rates.
public struct CommerceCurrencies: Sendable, Equatable {
    /// What the customer pays in.
    public var order: String
    /// The website's.
    public var base: String?
    public var store: String?
    public var global: String?
    /// Order amount = base amount × rate.
    public var baseToOrderRate: Decimal?
    public var baseToGlobalRate: Decimal?

    public init(
        order: String, base: String? = nil, store: String? = nil, global: String? = nil,
        baseToOrderRate: Decimal? = nil, baseToGlobalRate: Decimal? = nil
    ) {
        self.order = order
        self.base = base
        self.store = store
        self.global = global
        self.baseToOrderRate = baseToOrderRate
        self.baseToGlobalRate = baseToGlobalRate
    }
}

public struct CommerceShipping: Sendable, Equatable {
    /// `carrier_method`: `flatrate_flatrate`.
    public var method: String?
    /// For people: `Flat Rate - Fixed`.
    public var description: String?

    public init(method: String? = nil, description: String? = nil) {
        self.method = method
        self.description = description
    }
}

public struct CommercePayment: Sendable, Equatable {
    /// `checkmo`, `purchaseorder`, …
    public var method: String?
    public var poNumber: String?

    public init(method: String? = nil, poNumber: String? = nil) {
        self.method = method
        self.poNumber = poNumber
    }
}

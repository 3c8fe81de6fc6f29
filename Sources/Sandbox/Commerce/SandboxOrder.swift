public import Foundation

/// An order to place: what a shopper decides. Commerce works out the amounts.
public struct SandboxOrder: Sendable, Equatable {
    public var incrementID: String
    public var storeID = 1
    public var items: [Item]
    public var buyer: Buyer
    /// Billing address, and shipping address unless all items are virtual.
    public var address = Address()
    /// ISO 4217. Prices and shipping are given in the base currency; the order is in this one.
    public var currency = "EUR"
    /// The website's currency; `nil` is the same as `currency`.
    public var baseCurrency: String?
    /// Order currency per base currency, above 0.
    public var baseToOrderRate: Decimal = 1
    /// On goods and shipping.
    public var taxPercent: Decimal = 20
    /// On goods, not on shipping, in `0...100`.
    public var discountPercent: Decimal = 0
    public var couponCode: String?
    /// Without tax; ignored if all items are virtual.
    public var shippingAmount: Decimal = 10
    public var paymentMethod = "checkmo"
    public var purchaseOrderNumber: String?
    public var note: String?

    public init(incrementID: String, items: [Item], buyer: Buyer = Buyer()) {
        self.incrementID = incrementID
        self.items = items
        self.buyer = buyer
    }
}

extension SandboxOrder {
    /// One thing in the cart.
    public struct Item: Sendable, Equatable {
        public var sku: String
        public var name: String
        public var kind: Kind
        public var quantity: Decimal
        /// Without tax, in the base currency. Ignored for a dynamic bundle, whose parts carry the money.
        public var unitPrice: Decimal

        public init(
            sku: String, name: String, kind: Kind = .simple, quantity: Decimal = 1, unitPrice: Decimal
        ) {
            self.sku = sku
            self.name = name
            self.kind = kind
            self.quantity = quantity
            self.unitPrice = unitPrice
        }
    }

    public enum Kind: Sendable, Equatable {
        case simple
        /// Neither shipped nor in stock.
        case virtual
        /// Two rows: the money on the parent, the product on the child; both show the child's SKU.
        case configurable(variantName: String)
        /// A parent without money and a row with money for each part.
        case bundleDynamic([Part])
        /// The money on the parent and a row without money for each part.
        case bundleFixed([Part])
    }

    /// A part of a bundle.
    public struct Part: Sendable, Equatable {
        public var sku: String
        public var name: String
        /// Per bundle.
        public var quantity: Decimal
        /// Without tax, in the base currency; ignored in a fixed bundle.
        public var unitPrice: Decimal

        public init(sku: String, name: String, quantity: Decimal = 1, unitPrice: Decimal = 0) {
            self.sku = sku
            self.name = name
            self.quantity = quantity
            self.unitPrice = unitPrice
        }
    }

    public struct Buyer: Sendable, Equatable {
        /// `nil` is a guest.
        public var customerID: Int?
        public var email: String
        public var firstName: String
        public var lastName: String
        public var taxVAT: String?

        public init(
            customerID: Int? = 5, email: String = "renee.muster@example.com", firstName: String = "Renée",
            lastName: String = "Muster", taxVAT: String? = nil
        ) {
            self.customerID = customerID
            self.email = email
            self.firstName = firstName
            self.lastName = lastName
            self.taxVAT = taxVAT
        }
    }

    public struct Address: Sendable, Equatable {
        public var street = ["Lindenweg 4/2", "Top 3"]
        public var city = "Wien"
        public var postcode = "1010"
        /// ISO 3166-1, two letters.
        public var countryID = "AT"
        public var region = "Wien"
        public var regionCode = "WI"
        public var regionID = 95
        public var telephone = "+43 1 5550100"
        public var company: String?

        public init() {}
    }
}

public import Foundation

/// An order that is placed to see whether orders arrive.
public struct SyntheticOrderSettings: Sendable, Equatable {
    /// Minutes since midnight UTC; `nil`: only when somebody asks for it.
    public var at: Int?
    /// An article that both platforms know.
    public var sku: String
    /// By which the order is recognised in the shop; no shopper has it.
    public var email: String
    /// Of the store view.
    public var storeID = 1
    /// Net, in the website's currency.
    public var amount: Decimal = 1
    /// ISO 4217.
    public var currency: String
    /// ISO 3166-1, two letters.
    public var country: String
    /// How long it may take until its sales order's number is in the shop.
    public var limit = Duration.seconds(15 * 60)

    public init(sku: String, email: String, currency: String, country: String) {
        self.sku = sku
        self.email = email
        self.currency = currency
        self.country = country
    }
}

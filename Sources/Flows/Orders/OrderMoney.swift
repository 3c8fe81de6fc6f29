/// What a company decides about the money of its orders.
public struct OrderMoney: Sendable, Equatable {
    /// Which of an order's two currencies the sales order is in.
    public enum Currency: String, Sendable, CaseIterable {
        /// What the customer pays in.
        case order
        /// The website's base currency.
        case base
    }

    /// Who decides about prices, or about tax.
    public enum Owner: String, Sendable, CaseIterable {
        case commerce, dynamics
    }

    /// What becomes of an amount that is neither goods nor shipping.
    public enum Treatment: Sendable, Equatable {
        /// It is a way to pay; the sales order says what was bought.
        case payment
        /// A line of its own with this service item.
        case item(String)
        /// A person decides.
        case park
    }

    /// What happens when F&O comes to another sum than the order.
    public enum Difference: String, Sendable, CaseIterable {
        case park
        /// The delivery's summary names the difference.
        case warn
        case ignore
    }

    public var currency = Currency.order
    /// Where Dynamics owns prices, neither price nor discount of goods is sent.
    public var prices = Owner.commerce
    public var tax = Owner.dynamics
    /// Whether prices go with their tax (`ArePricesIncludingSalesTax`), as shops with gross prices show them.
    public var pricesIncludeTax = false
    /// Gift cards that the order was paid with. Those that it sells are items like others.
    public var giftCards = Treatment.payment
    public var storeCredit = Treatment.payment
    public var rewardPoints = Treatment.payment
    /// Of the order, its lines and the printed card; never a payment.
    public var giftWrapping = Treatment.park
    /// Surcharges and other fees, by the code of a custom fee or by the order's field that holds the amount:
    /// the service item that stands for it. An order with a custom fee that is not named is parked.
    public var fees: [String: String] = [:]
    public var whenTotalsDiffer = Difference.park

    public init() {}

    /// Items of lines that stand for no item of the order.
    public var chargeItems: Set<String> {
        let treatments = [giftCards, storeCredit, rewardPoints, giftWrapping]
        return Set(treatments.compactMap { if case .item(let item) = $0 { item } else { nil } }).union(fees.values)
    }
}

import Foundation
import JSON

extension CommerceTotals {
    /// - Parameters:
    ///   - prefix: Empty, or `base_`.
    ///   - fallback: The prefix of amounts that are equal, for payloads that hold only one kind.
    init(_ order: JSONNode, prefix: String, fallback: String? = nil) throws(OrderReadingError) {
        let extensions = order["extension_attributes"]
        /// Amounts of Commerce's paid modules stand on the order in webhooks, and among the extensions in REST.
        func amount(_ name: String) throws(OrderReadingError) -> Decimal? {
            for prefix in [prefix, fallback].compactMap(\.self) {
                if let amount = try order[prefix + name].decimal() { return amount }
                if let amount = try extensions[prefix + name].decimal() { return amount }
            }
            return nil
        }
        func required(_ name: String) throws(OrderReadingError) -> Decimal {
            try order[prefix + name].required(amount(name), "an amount")
        }
        /// `gw_price` and `gw_base_price`: here the prefix stands in the middle.
        func wrapping(_ part: String) throws(OrderReadingError) -> Decimal {
            let name = "gw_\(part)\(prefix)price"
            let own = try order[name].decimal()
            let extended = try extensions[name].decimal()
            return own ?? extended ?? 0
        }
        /// The base amount's name was cut to fit a column of the database.
        func shippingCompensation() throws(OrderReadingError) -> Decimal {
            let name = "shipping_discount_tax_compensation_"
            let whole = try amount(name + "amount")
            let cut = try amount(name + "amnt")
            return whole ?? cut ?? 0
        }
        let subtotal = try amount("subtotal")
        self.init(
            subtotal: subtotal ?? 0,
            subtotalInclTax: try amount("subtotal_incl_tax"),
            discountAmount: try amount("discount_amount") ?? 0,
            discountTaxCompensationAmount: try amount("discount_tax_compensation_amount") ?? 0,
            shippingAmount: try amount("shipping_amount") ?? 0,
            shippingInclTax: try amount("shipping_incl_tax"),
            shippingTaxAmount: try amount("shipping_tax_amount") ?? 0,
            shippingDiscountAmount: try amount("shipping_discount_amount") ?? 0,
            shippingDiscountTaxCompensationAmount: try shippingCompensation(),
            taxAmount: try amount("tax_amount") ?? 0,
            grandTotal: try required("grand_total"),
            giftCardsAmount: try amount("gift_cards_amount") ?? 0,
            customerBalanceAmount: try amount("customer_balance_amount") ?? 0,
            rewardCurrencyAmount: try amount("reward_currency_amount") ?? 0,
            giftWrappingAmount: try wrapping("") + wrapping("items_") + wrapping("card_"))
        // A webhook may be cut down to a few fields; Adobe's own example has no subtotal. What the other parts leave
        // of the grand total stands in for it: such an order maps if its lines add up to that, and only then.
        if subtotal == nil { self.subtotal = grandTotal - sumOfParts }
    }

    /// The base amounts. A payload without them is usable, if not complete, where both currencies are one.
    static func base(
        of order: JSONNode, orElse totals: CommerceTotals, hasOneCurrency: Bool
    ) throws(OrderReadingError) -> CommerceTotals {
        if hasOneCurrency { return totals }
        return try CommerceTotals(order, prefix: "base_")
    }
}

import Flows
import Yams

extension OrderMoney {
    /// - Parameter section: `orders`.
    init(_ section: ConfigurationSection) {
        self.init()
        currency = section.choice("currency", default: currency)
        prices = section.choice("prices", default: prices)
        tax = section.choice("tax", default: tax)
        pricesIncludeTax = section.flag("pricesIncludeTax", default: pricesIncludeTax)
        giftCards = Self.treatment(section, "giftCards", default: giftCards)
        storeCredit = Self.treatment(section, "storeCredit", default: storeCredit)
        rewardPoints = Self.treatment(section, "rewardPoints", default: rewardPoints)
        giftWrapping = Self.treatment(section, "giftWrapping", default: giftWrapping, isPayment: false)
        whenTotalsDiffer = section.choice("whenTotalsDiffer", default: whenTotalsDiffer)
        guard let table = section.section("fees") else { return }
        for name in table.keys {
            fees[name] = table.text(name, expected: "the item number that stands for the fee")
        }
        table.finish()
    }

    /// `payment`, `park` or `{ item: … }`.
    private static func treatment(
        _ section: ConfigurationSection, _ key: String, default fallback: Treatment, isPayment: Bool = true
    ) -> Treatment {
        if isPayment, section.isWord("payment", at: key) { return .payment }
        if section.isWord("park", at: key) { return .park }
        if let word = section.child(key)?.string {
            section.refuse(
                key, found: "\"\(word)\"",
                expected: isPayment ? "payment, park or { item: … }" : "park or { item: … }")
            return fallback
        }
        guard let choice = section.section(key) else { return fallback }
        let item = choice.text("item", expected: "the item number that stands for the amount")
        choice.finish()
        return .item(item)
    }
}

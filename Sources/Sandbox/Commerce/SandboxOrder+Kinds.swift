public import Foundation

/// Ready-made orders. Their SKUs are items that the simulated D365 knows unless told otherwise.
extension SandboxOrder {
    public static func simple(incrementID: String) -> SandboxOrder {
        SandboxOrder(
            incrementID: incrementID,
            items: [
                Item(sku: "MUG-01", name: "Mug", quantity: 3, unitPrice: Decimal(1295) / 100),
                Item(sku: "LAMP-02", name: "Desk lamp", quantity: 1, unitPrice: Decimal(4990) / 100),
            ])
    }

    /// With a coupon of ten per cent.
    public static func configurable(incrementID: String) -> SandboxOrder {
        var order = SandboxOrder(
            incrementID: incrementID,
            items: [
                Item(
                    sku: "TEE-M-RED", name: "Tee", kind: .configurable(variantName: "Tee-M-Red"), quantity: 2,
                    unitPrice: Decimal(2375) / 100)
            ],
            buyer: Buyer(customerID: 6, email: "ines.falk@example.com", firstName: "Ines", lastName: "Falk"))
        order.discountPercent = 10
        order.couponCode = "TEN"
        return order
    }

    public static func bundleDynamic(incrementID: String) -> SandboxOrder {
        SandboxOrder(
            incrementID: incrementID,
            items: [
                Item(
                    sku: "DESK-SET", name: "Desk set",
                    kind: .bundleDynamic([
                        Part(sku: "LAMP-02", name: "Desk lamp", unitPrice: Decimal(4490) / 100),
                        Part(sku: "MUG-01", name: "Mug", quantity: 2, unitPrice: Decimal(1195) / 100),
                    ]), quantity: 2, unitPrice: 0)
            ])
    }

    public static func bundleFixed(incrementID: String) -> SandboxOrder {
        SandboxOrder(
            incrementID: incrementID,
            items: [
                Item(
                    sku: "GIFT-BOX", name: "Gift box",
                    kind: .bundleFixed([
                        Part(sku: "MUG-01", name: "Mug"), Part(sku: "TEE-M-RED", name: "Tee-M-Red"),
                    ]), quantity: 1, unitPrice: Decimal(3900) / 100)
            ])
    }

    /// A new buyer without an account; the e-mail address is the order's own.
    public static func guest(incrementID: String) -> SandboxOrder {
        var order = simple(incrementID: incrementID)
        order.buyer = Buyer(
            customerID: nil, email: "guest-\(incrementID)@example.com", firstName: "Noël", lastName: "O'Neil")
        return order
    }

    /// Nothing to ship: no shipping address and no shipping amount.
    public static func virtual(incrementID: String) -> SandboxOrder {
        SandboxOrder(
            incrementID: incrementID,
            items: [Item(sku: "SETUP-01", name: "Setup by phone", kind: .virtual, unitPrice: 79)])
    }

    /// An order with an item that the simulated D365 does not know.
    public static func withUnknownItem(incrementID: String) -> SandboxOrder {
        simple(incrementID: incrementID).with(unknownItem: "MYSTERY-99")
    }

    public func with(storeID: Int) -> SandboxOrder { changed { $0.storeID = storeID } }

    /// Adds an item; meant for one that D365 does not know.
    public func with(unknownItem sku: String) -> SandboxOrder {
        changed { $0.items.append(Item(sku: sku, name: "Unknown to the ERP", unitPrice: 5)) }
    }

    public func with(email: String) -> SandboxOrder { changed { $0.buyer.email = email } }

    public func with(quantity: Decimal, ofItem index: Int = 0) -> SandboxOrder {
        changed { if $0.items.indices.contains(index) { $0.items[index].quantity = quantity } }
    }

    /// - Parameter rate: Order currency per base currency.
    public func with(currency: String, base: String, rate: Decimal) -> SandboxOrder {
        changed {
            $0.currency = currency
            $0.baseCurrency = base
            $0.baseToOrderRate = rate
        }
    }

    private func changed(_ change: (inout SandboxOrder) -> Void) -> SandboxOrder {
        var copy = self
        change(&copy)
        return copy
    }
}

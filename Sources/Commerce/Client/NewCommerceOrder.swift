public import Foundation
import JSON

/// An order that is saved into the shop without a cart: of one article, by a guest, with nothing to ship and nothing to
/// pay online. No stock is reserved and no e-mail is sent for it.
public struct NewCommerceOrder: Sendable, Equatable {
    /// Of the store view.
    public var storeID: Int
    public var email: String
    public var sku: String
    public var name: String
    public var quantity: Decimal
    /// Of one, without tax, in `currency`, which is also the website's.
    public var unitPrice: Decimal
    /// ISO 4217.
    public var currency: String
    /// ISO 3166-1, two letters.
    public var countryID: String
    /// Shown to the merchant with the order.
    public var note: String

    public init(
        storeID: Int, email: String, sku: String, name: String, quantity: Decimal = 1, unitPrice: Decimal,
        currency: String, countryID: String, note: String
    ) {
        self.storeID = storeID
        self.email = email
        self.sku = sku
        self.name = name
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.currency = currency
        self.countryID = countryID
        self.note = note
    }

    var json: JSONValue {
        let total = JSONValue.number(unitPrice * quantity)
        var entity: JSONObject = [
            "store_id": .int(storeID), "state": "new", "status": "pending", "is_virtual": 1,
            "customer_email": .string(email), "customer_is_guest": 1, "customer_group_id": 0,
            "customer_firstname": .string(Self.person.first), "customer_lastname": .string(Self.person.last),
            "customer_note": .string(note), "total_qty_ordered": .number(quantity), "total_item_count": 1,
            "base_to_order_rate": 1, "base_to_global_rate": 1,
        ]
        for name in ["base_currency_code", "order_currency_code", "store_currency_code", "global_currency_code"] {
            entity.append(name, .string(currency))
        }
        for prefix in ["", "base_"] {
            for name in ["subtotal", "subtotal_incl_tax", "grand_total", "total_due"] {
                entity.append(prefix + name, total)
            }
            for name in ["tax_amount", "discount_amount", "shipping_amount", "shipping_tax_amount"] {
                entity.append(prefix + name, 0)
            }
        }
        entity.append("items", .array([item]))
        entity.append("billing_address", address)
        entity.append(
            "payment", ["method": "checkmo", "account_status": "", "additional_information": [], "cc_last4": ""])
        return ["entity": .object(entity)]
    }

    private static let person = (first: "Synthetic", last: "Order")

    private var item: JSONValue {
        var item: JSONObject = [
            "sku": .string(sku), "name": .string(name), "product_type": "virtual", "is_virtual": 1,
            "store_id": .int(storeID), "qty_ordered": .number(quantity), "tax_percent": 0, "discount_percent": 0,
        ]
        for prefix in ["", "base_"] {
            for name in ["price", "original_price", "price_incl_tax"] {
                item.append(prefix + name, .number(unitPrice))
            }
            for name in ["row_total", "row_total_incl_tax"] {
                item.append(prefix + name, .number(unitPrice * quantity))
            }
            for name in ["tax_amount", "discount_amount"] { item.append(prefix + name, 0) }
        }
        return .object(item)
    }

    private var address: JSONValue {
        [
            "address_type": "billing", "firstname": .string(Self.person.first), "lastname": .string(Self.person.last),
            "street": ["Synthetic order, not to be delivered"], "city": "-", "postcode": "00000",
            "country_id": .string(countryID), "telephone": "0", "email": .string(email),
        ]
    }
}

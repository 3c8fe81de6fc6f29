import Commerce
import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// An order for mapping documents: all that Commerce sent, and over it, under REST's names, what was read of it, so that
/// a path leads to the same value whether the order came by webhook, by event or by polling.
struct OrderDocument {
    let fields: JSONObject

    init(_ order: CommerceOrder) {
        var fields = order.document.objectValue ?? [:]
        func put(_ name: String, _ value: JSONValue?) { if let value { fields[name] = value } }
        func put(_ name: String, text: String?) { put(name, text.map(JSONValue.string)) }
        put("increment_id", text: order.incrementID)
        put("store_id", order.storeID.map(JSONValue.int))
        put("state", text: order.state)
        put("status", text: order.status)
        put("created_at", text: order.createdAt)
        put("updated_at", text: order.updatedAt)
        put("customer_id", order.customer.id.map(JSONValue.int))
        put("customer_is_guest", .int(order.customer.isGuest ? 1 : 0))
        put("customer_group_id", order.customer.groupID.map(JSONValue.int))
        put("customer_firstname", text: order.customer.firstname)
        put("customer_lastname", text: order.customer.lastname)
        put("customer_taxvat", text: order.customer.taxvat)
        put("customer_note", text: order.customerNote)
        put("order_currency_code", text: order.currencies.order)
        put("base_currency_code", text: order.currencies.base)
        put("coupon_code", text: order.couponCode)
        put("grand_total", .number(order.totals.grandTotal))
        put("shipping_method", text: order.shipping.method)
        put("shipping_description", text: order.shipping.description)
        put("billing_address", order.billingAddress.map { Self.address($0, order.billingAddressDocument) })
        put("shipping_address", order.shippingAddress.map { Self.address($0, order.shippingAddressDocument) })
        if let payment = order.payment {
            var record = fields["payment"]?.objectValue ?? [:]
            if let method = payment.method { record["method"] = .string(method) }
            if let number = payment.poNumber { record["po_number"] = .string(number) }
            fields["payment"] = .object(record)
        }
        self.fields = fields
    }

    /// The address of the customer's account.
    static func address(ofAccount order: CommerceOrder) -> JSONValue {
        if let billing = order.billingAddress { return address(billing, order.billingAddressDocument) }
        return order.shippingAddress.map { address($0, order.shippingAddressDocument) } ?? .null
    }

    /// With what tables and rules need of it: `country_iso3` (ISO 3166-1 alpha-3; absent for what is no country) and
    /// `country_region` (`US-CA`), the key of the value table `regions`.
    private static func address(_ address: CommerceAddress, _ document: JSONObject?) -> JSONValue {
        var record = document ?? [:]
        let words = [
            ("firstname", address.firstname), ("lastname", address.lastname),
            ("company", address.company.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }),
            ("city", address.city), ("postcode", address.postcode), ("region", address.region),
            ("region_code", address.regionCode), ("country_id", address.countryID),
            ("telephone", address.telephone), ("email", address.email), ("vat_id", address.vatID),
            ("country_iso3", address.countryID.flatMap(CountryRegion.alpha3)),
        ]
        for (name, word) in words { record[name] = word.map(JSONValue.string) }
        record["street"] = .array(address.street.map(JSONValue.string))
        if let country = address.countryID, let region = address.regionCode {
            record["country_region"] = .string("\(country)-\(region)")
        }
        return .object(record)
    }
}

extension CommerceOrder {
    /// - Throws: A `Verdict` that parks when the order has no usable e-mail address.
    var customerEmail: String {
        get throws {
            let email = (customer.email ?? billingAddress?.email ?? "")
                .trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
            guard email.contains("@") else {
                throw Verdict.park(
                    "order-without-email",
                    "Order \(incrementID) has no e-mail address (customer_email); customers are found by it.",
                    advice: "Add the address to the order in Commerce and send it again.")
            }
            return email
        }
    }
}

extension LegalEntities {
    /// By the value table `stores`, otherwise by the configuration.
    func dataAreaID(of order: CommerceOrder, _ values: any ValueLookup) -> String {
        let row = order.storeID.flatMap { values.row(ValueKey(table: "stores", key: String($0))) }
        return row?["dataAreaId"]?.lowercased() ?? dataAreaID(storeID: order.storeID)
    }
}

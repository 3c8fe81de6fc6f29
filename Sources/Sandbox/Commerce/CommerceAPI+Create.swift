import Foundation
import HTTPServer
import JSON

extension CommerceAPI {
    /// An order that is saved without a cart. The schema was checked before; this takes what a shopper decides and
    /// works out the rest, as for any order.
    func createOrder(_ request: Request) throws(CommerceRefusal) -> CommerceOrder {
        let entity = (try? JSONValue.parse(request.body))?.objectValue?["entity"]?.objectValue ?? [:]
        guard entity["entity_id"] == nil else { throw .bad("Use POST /V1/orders to change an order.") }
        let rows = (entity["items"]?.arrayValue ?? []).compactMap(\.objectValue)
        guard !rows.isEmpty else { throw .bad("An order must have items.") }
        let storeID = entity["store_id"]?.intValue ?? 1
        var order = SandboxOrder(
            incrementID: book.newIncrementID(storeID: storeID), items: rows.map(Self.item),
            buyer: SandboxOrder.Buyer(
                customerID: nil, email: entity["customer_email"]?.stringValue ?? "",
                firstName: entity["customer_firstname"]?.stringValue ?? "",
                lastName: entity["customer_lastname"]?.stringValue ?? ""))
        order.storeID = storeID
        order.currency = entity["order_currency_code"]?.stringValue ?? "EUR"
        order.taxPercent = 0
        order.shippingAmount = entity["shipping_amount"]?.numberValue ?? 0
        order.note = entity["customer_note"]?.stringValue
        if let country = entity["billing_address"]?.objectValue?["country_id"]?.stringValue {
            order.address.countryID = country
        }
        do throws(SandboxError) {
            let added = try book.add(order)
            note(.state("new"), orderID: added.entityID)
            return added
        } catch {
            throw .bad("\(error)")
        }
    }

    private static func item(_ row: JSONObject) -> SandboxOrder.Item {
        SandboxOrder.Item(
            sku: row["sku"]?.stringValue ?? "", name: row["name"]?.stringValue ?? "",
            kind: row["is_virtual"]?.intValue == 1 ? .virtual : .simple,
            quantity: row["qty_ordered"]?.numberValue ?? 1, unitPrice: row["price"]?.numberValue ?? 0)
    }
}

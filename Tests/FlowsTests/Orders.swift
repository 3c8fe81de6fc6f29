import Commerce
import Foundation
import Mapping

@testable import Flows

/// A decimal from its text, so that no test goes through a binary fraction.
func money(_ text: String) -> Decimal { Decimal(string: text) ?? .nan }

/// Two mugs and a lamp, shipped within Austria: 2 × 12.50 + 49.90 = 74.90, shipping 9.50.
func sampleOrder() -> CommerceOrder {
    CommerceOrder(
        entityID: 42, incrementID: "000000042", state: "new", status: "pending", storeID: 1,
        customer: CommerceCustomer(
            id: 5, isGuest: false, email: "Renee@Example.com ", firstname: "Renée", lastname: "Muster"),
        currencies: CommerceCurrencies(order: "EUR", base: "EUR"),
        totals: CommerceTotals(subtotal: money("74.90"), shippingAmount: money("9.50"), grandTotal: money("84.40")),
        shipping: CommerceShipping(method: "flatrate_flatrate", description: "Flat Rate - Fixed"),
        billingAddress: sampleAddress(), shippingAddress: sampleAddress(),
        payment: CommercePayment(method: "checkmo"),
        items: [
            CommerceOrderItem(
                itemID: 101, sku: "MUG-01", name: "Mug", qtyOrdered: 2, price: money("12.50"),
                rowTotal: money("25.00")),
            CommerceOrderItem(
                itemID: 102, sku: "LAMP-02", name: "Desk lamp", qtyOrdered: 1, price: money("49.90"),
                rowTotal: money("49.90")),
        ])
}

func sampleAddress() -> CommerceAddress {
    CommerceAddress(
        firstname: "Renée", lastname: "Muster", street: ["Lindenweg 4/2", "Top 3"], city: "Wien", postcode: "1010",
        region: "Wien", regionCode: "WI", countryID: "AT", telephone: "+43 1 5550100")
}

func samplePolicy(shipping: Shipping = .item("FREIGHT")) -> OrderPolicy {
    OrderPolicy(
        legalEntities: LegalEntities(default: "usmf", stores: ["2": "DAT"]),
        standardProfile: EntityProfile(customerGroup: "30", site: "1", warehouse: "11", shipping: shipping))
}

extension CommerceOrder {
    /// The order with a grand total that its parts come to.
    func settled() -> CommerceOrder {
        var order = self
        order.totals.grandTotal = order.totals.sumOfParts
        return order
    }
}

/// The documents that come with the program.
let shippedMappings = Result { try FlowCatalog.catalog.load(shipped: FlowCatalog.shipped) }

extension SalesOrderDraft {
    /// By the shipped documents, with the given rows of value tables.
    init(_ order: CommerceOrder, policy: OrderPolicy, rows: ValueRows = [:]) throws {
        try self.init(order, policy: policy, mappings: shippedMappings.get(), values: rows)
    }
}

/// Rows of value tables: `table key` → columns.
struct ValueRows: ValueLookup, ExpressibleByDictionaryLiteral {
    private let rows: [String: [String: String]]

    init(dictionaryLiteral elements: (String, [String: String])...) {
        rows = Dictionary(uniqueKeysWithValues: elements)
    }

    func row(_ key: ValueKey) -> [String: String]? { rows["\(key.table) \(key.key)"] }

    func keys(in table: String, scope: String, where column: String, is value: String) -> [String] {
        rows.filter { $0.key.hasPrefix(table + " ") && $0.value[column] == value }
            .map { String($0.key.dropFirst(table.count + 1)) }.sorted()
    }
}

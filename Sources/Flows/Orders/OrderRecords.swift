public import Commerce
import Foundation
public import JSON
public import Mapping

/// What the mapping documents of an order read: the first words of their paths, and the records behind them.
///
/// - `order`: Commerce's own document, with what differs between webhook and REST in one place (`OrderDocument`).
/// - `sale`: what Causeway works out of the whole order: currency, the customer's address, what F&O is told to do.
/// - `entity`: what the configuration says of the legal entity.
/// - `line`: one line of the sales order as it was worked out, and `item`: Commerce's own document of its item.
/// - `address`: the address of the customer's account: the bill's, or where there is none the delivery's.
public struct OrderRecords: Sendable {
    /// Lower case.
    public let dataAreaID: String
    /// For `order-header`.
    public let header: [String: JSONValue]
    /// For `order-customer`.
    public let customer: [String: JSONValue]
    /// For `order-line`, one for each line of the sales order.
    public let lines: [[String: JSONValue]]
    /// Lower case, without white space at its ends; the natural key of the customer within the legal entity.
    let email: String
    let sale: OrderSale

    /// - Parameter values: Rows of the table `stores` go before `legalEntities` of the configuration.
    /// - Throws: `OrderLinesError`, or a `Verdict` that parks what has no place in a sales order.
    public init(_ order: CommerceOrder, policy: OrderPolicy, values: any ValueLookup) throws {
        let dataAreaID = policy.legalEntities.dataAreaID(of: order, values)
        let profile = policy.profile(of: dataAreaID)
        let email = try order.customerEmail
        let sale = try OrderSale(order, money: policy.money, shipping: profile.shipping)
        let shared: [String: JSONValue] = [
            "order": .object(OrderDocument(order).fields),
            "sale": .object(Self.sale(sale, email, policy.money, profile)),
            "entity": .object(Self.entity(dataAreaID, profile, policy)),
        ]
        let items = order.document.objectValue?["items"]?.arrayValue ?? []
        self.dataAreaID = dataAreaID
        self.email = email
        self.sale = sale
        header = shared
        customer = shared.merging(["address": OrderDocument.address(ofAccount: order)]) { $1 }
        lines = sale.lines.map { line in
            var records = shared
            records["line"] = .object(Self.line(line, policy.money))
            records["item"] = line.position.flatMap { items.indices.contains($0) ? items[$0] : nil }
            return records
        }
    }

    private static func sale(
        _ sale: OrderSale, _ email: String, _ money: OrderMoney, _ profile: EntityProfile
    ) -> JSONObject {
        var record: JSONObject = [
            "currency": .string(sale.currency), "email": .string(email), "sum": .number(sale.sum),
            "sum_incl_tax": .number(sale.sumInclTax),
        ]
        // The shopper's shipping is a line; F&O must not add its own charge on top.
        if case .item = profile.shipping { record["skip_charges"] = true }
        if money.tax == .commerce { record["override_tax"] = true }
        if money.pricesIncludeTax { record["prices_include_tax"] = true }
        return record
    }

    private static func entity(_ dataAreaID: String, _ profile: EntityProfile, _ policy: OrderPolicy) -> JSONObject {
        let words = [
            ("dataAreaId", dataAreaID), ("customerGroup", profile.customerGroup),
            ("paymentTerms", profile.paymentTerms), ("language", profile.language), ("site", profile.site),
            ("warehouse", profile.warehouse), ("origin", policy.salesOrderOrigin),
            ("prices", policy.money.prices.rawValue), ("tax", policy.money.tax.rawValue),
        ]
        return JSONObject(words.compactMap { name, word in word.map { .init(key: name, value: .string($0)) } })
    }

    /// Commerce's words for amounts of the row, ours for what F&O is told: `sales_price` and `sales_discount` of one,
    /// absent where F&O owns the prices of goods.
    private static func line(_ line: SalesOrderLineDraft, _ money: OrderMoney) -> JSONObject {
        var record: JSONObject = [
            "number": .int(line.number), "kind": .string(line.kind.rawValue), "sku": .string(line.sku),
            "name": .string(line.name), "qty": .number(line.quantity), "row_total": .number(line.money.row),
            "discount_amount": .number(line.money.discount), "net": .number(line.money.net),
            "tax_amount": .number(line.money.tax), "tax_percent": .number(line.taxPercent),
            "amount": .number(line.amount),
        ]
        if money.tax == .commerce { record["tax_class"] = .string("\(line.taxPercent)") }
        guard money.prices == .commerce || line.kind != .item else { return record }
        record["sales_price"] = .number(line.unitPrice)
        if line.unitDiscount != 0 { record["sales_discount"] = .number(line.unitDiscount) }
        return record
    }
}

import Commerce
import Foundation
import JSON

/// An amount that an order charges beside its goods, shipping and tax, and that Commerce itself does not know.
struct OrderFee: Sendable, Equatable {
    /// A custom fee's code, or the order's field: `fooman_surcharge_amount`.
    var name: String
    /// For people.
    var label: String
    /// In the order's currency, without tax.
    var amount: Decimal
    /// In the website's base currency; `nil` where the payload leaves it out.
    var baseAmount: Decimal?

    /// Custom fees that Commerce lists (`custom_fees`), and the fields that `fees` names; those of amount 0 are left out.
    /// - Parameter fields: Names of the order's fields that extensions keep amounts in.
    static func fees(of order: CommerceOrder, fields: some Sequence<String>) -> [OrderFee] {
        let root = JSONNode(value: order.document)
        let extensions = root["extension_attributes"]
        let listed = (extensions["custom_fees"].elements ?? root["custom_fees"].elements ?? []).compactMap(
            OrderFee.init)
        let codes = Set(listed.map(\.name))
        let own = Set(fields).subtracting(codes).sorted().compactMap { name -> OrderFee? in
            guard let amount = root[name].amount ?? extensions[name].amount else { return nil }
            let base = root["base_" + name].amount ?? extensions["base_" + name].amount
            return OrderFee(name: name, label: name, amount: amount, baseAmount: base)
        }
        return (listed + own).filter { $0.amount != 0 }
    }

    private init(name: String, label: String, amount: Decimal, baseAmount: Decimal?) {
        self.name = name
        self.label = label
        self.amount = amount
        self.baseAmount = baseAmount
    }

    /// One of `custom_fees`: `custom_fee_code`, `custom_fee_label`, `custom_fee_amount`, `base_custom_fee_amount`.
    private init?(_ fee: JSONNode) {
        guard let code = fee["custom_fee_code"].value?.stringValue, let amount = fee["custom_fee_amount"].amount
        else {
            return nil
        }
        self.init(
            name: code, label: fee["custom_fee_label"].value?.stringValue ?? code, amount: amount,
            baseAmount: fee["base_custom_fee_amount"].amount)
    }
}

extension JSONNode {
    /// A number, or the text of one, to the four decimal places that Commerce keeps.
    fileprivate var amount: Decimal? {
        let number = value?.numberValue ?? value?.stringValue.flatMap { Decimal(exactly: $0) }
        return number?.rounded(places: 4)
    }
}

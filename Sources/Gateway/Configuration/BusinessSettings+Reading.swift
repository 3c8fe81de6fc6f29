import Flows
import Foundation
import Relay

extension LegalEntities {
    init(_ section: ConfigurationSection) {
        let expected = "a company (dataAreaId) of 1 to 4 letters and digits, such as usmf"
        if section.child("default") == nil { section.missing("default", expected: expected) }
        let fallback = section.value("default", expected: expected, Self.dataAreaId) ?? ""
        var stores: [String: String] = [:]
        if let table = section.section("stores") {
            for store in table.keys where !store.allSatisfy({ $0.isASCII && $0.isNumber }) {
                table.refuseKey(store, expected: "a store id of Commerce, which is a number")
            }
            for store in table.keys { stores[store] = table.value(store, expected: expected, Self.dataAreaId) }
            table.finish()
        }
        section.finish()
        self.init(default: fallback, stores: stores)
    }

    /// Companies differ in case from message to message; everything here compares them in lower case.
    static func dataAreaId(_ text: String) -> String? {
        let isOne = (1...4).contains(text.count) && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isOne ? text.lowercased() : nil
    }
}

extension OrderSettings {
    init(_ section: ConfigurationSection?, _ legalEntities: LegalEntities?) {
        self.init()
        guard let section else { return }
        defaults = OrderDefaults(section, fallback: defaults)
        tolerance =
            section.value("tolerance", expected: "an amount of at least 0, such as 0.05", Self.amount) ?? tolerance
        origin = section.optionalText("origin")
        lines = section.choice("lines", default: lines)
        money = OrderMoney(section)
        changes = OrderChangePolicy(section.section("changes"))
        if section.child("skipStates") != nil {
            skipStates = section.list("skipStates").compactMap {
                section.scalar($0.node, at: $0.path, expected: "an order state such as canceled")
            }
        }
        if let table = section.section("legalEntities") {
            for company in legalEntities?.all ?? [] {
                guard let own = table.section(company) else { continue }
                perLegalEntity[company] = OrderDefaults(own, fallback: defaults)
                own.finish()
            }
            table.finish()
        }
        section.finish()
    }
}

extension OrderSettings {
    /// `Decimal(string:)` reads as far as it understands; an amount is understood as a whole or not at all.
    static func amount(_ text: String) -> Decimal? {
        guard text.allSatisfy({ $0 == "." || $0.isASCII && $0.isNumber }), text.count(where: { $0 == "." }) <= 1
        else {
            return nil
        }
        return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    }
}

extension OrderDefaults {
    /// - Parameter fallback: What holds for keys that the section leaves out.
    fileprivate init(_ section: ConfigurationSection, fallback: OrderDefaults) {
        self = fallback
        customerGroup = section.text("customerGroup", default: fallback.customerGroup)
        paymentTerms = section.optionalText("paymentTerms") ?? fallback.paymentTerms
        site = section.optionalText("site") ?? fallback.site
        warehouse = section.optionalText("warehouse") ?? fallback.warehouse
        language = section.optionalText("language") ?? fallback.language
        if section.isWord("none", at: "shipping") {
            shippingItem = nil
        } else if let shipping = section.section("shipping") {
            shippingItem = shipping.text("item", expected: "the item number that carries the shipping amount")
            shipping.finish()
        }
    }
}

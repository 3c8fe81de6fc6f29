import Flows
import Relay

extension ReconciliationSettings {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        at = section.timeOfDay("at")
        period = section.duration("period", in: .seconds(3600)...ReconciliationPolicy.longestPeriod, default: period)
        settle = section.duration("settle", in: .zero...(.seconds(86_400)), default: settle)
        confirm = section.duration("confirm", in: .zero...(.seconds(3600)), default: confirm)
        findings = section.integer("findings", in: 1...Self.mostFindings, default: findings)
        keep = section.duration("keep", in: .seconds(86_400)...(.seconds(3650 * 86_400)), default: keep)
        shopInvoices = section.flag("shopInvoices", default: shopInvoices)
        if section.isWord("off", at: "shipping") {
            shipping = .off
        } else {
            shipping = section.choice("shipping", default: shipping)
        }
        if settle >= period {
            section.refuse(
                "settle", found: Quantity.text(settle), expected: "less than period, \(Quantity.text(period))")
        }
        section.finish()
    }

    static let mostFindings = 10_000
}

extension ConfigurationSection {
    /// `"02:30"` in minutes since midnight; `nil` for `off` and if there is none.
    func timeOfDay(_ key: String) -> Int? {
        guard !isWord("off", at: key) else { return nil }
        return value(key, expected: "a time of day in UTC, in quotes, such as \"02:30\", or off") { text in
            guard let match = text.wholeMatch(of: /([0-9]{2}):([0-9]{2})/), let hours = Int(match.1),
                let minutes = Int(match.2), hours < 24, minutes < 60
            else { return nil }
            return hours * 60 + minutes
        }
    }
}

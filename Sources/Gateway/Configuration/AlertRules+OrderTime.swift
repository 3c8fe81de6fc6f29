import Relay

extension ConfigurationSection {
    /// `{ limit: 15m, count: 10, within: 1h }`, or `off`.
    func orderTime(_ key: String, default fallback: AlertRules.OrderTime?) -> AlertRules.OrderTime? {
        guard !isWord("off", at: key) else { return nil }
        guard let section = section(key) else { return fallback }
        defer { section.finish() }
        return AlertRules.OrderTime(
            limit: section.duration("limit", in: .seconds(1)...(.seconds(7 * 86_400)), default: .seconds(15 * 60)),
            count: section.integer("count", in: 1...OrderTimeWindow.mostLate, default: 10),
            within: section.duration("within", in: .seconds(60)...(.seconds(86_400)), default: .seconds(3600)))
    }
}

import HTTPClient
import Yams

extension AlertSettings {
    init(_ section: ConfigurationSection?, _ files: ConfigurationFiles) {
        self.init()
        guard let section else { return }
        name = section.name(default: name)
        every = section.duration("every", in: .seconds(1)...(.seconds(3600)), default: every)
        settle = section.duration("settle", in: .zero...(.seconds(3600)), default: settle)
        ca = section.optionalText("ca", expected: "the path of a PEM file").map(files.path)
        if let ca, files.text(at: ca) == nil {
            section.refuse("ca", found: "no readable file \(ca)", expected: "a PEM file with certificates")
        }
        if let rules = section.section("rules") { self.rules = AlertRules(rules) }
        let items = section.list("channels")
        if items.count > Self.maxChannels {
            section.refuse("channels", found: "\(items.count) of them", expected: "at most \(Self.maxChannels)")
        }
        channels = items.compactMap { item in
            ConfigurationSection(item.node, at: item.path, in: section.reading).flatMap(AlertChannelSettings.init)
        }
        section.finish()
    }

    static let maxChannels = 16
}

extension AlertRules {
    fileprivate init(_ section: ConfigurationSection) {
        self.init()
        parked = section.flag("parked", default: parked)
        breaker = section.flag("breaker", default: breaker)
        store = section.flag("store", default: store)
        oldestAge = section.limit("oldestAge", default: oldestAge)
        certificate = section.limit("certificate", default: certificate)
        reconciliation = section.flag("reconciliation", default: reconciliation)
        syntheticOrder = section.flag("syntheticOrder", default: syntheticOrder)
        orderTime = section.orderTime("orderTime", default: orderTime)
        if let table = section.section("lanes") {
            for flow in KnownFlow.allCases {
                guard let lane = table.section(flow.lane) else { continue }
                lanes[flow.lane] = LaneRule(oldestAge: lane.limit("oldestAge", default: oldestAge))
                lane.finish()
            }
            table.finish()
        }
        if section.isWord("off", at: "signatureFailures") {
            signatureFailures = nil
        } else if let burst = section.section("signatureFailures") {
            signatureFailures = Burst(
                count: burst.integer("count", in: 1...1_000_000, default: 20),
                within: burst.duration(
                    "within", in: .seconds(1)...AlertSignals.longestWindow, default: .seconds(60)))
            burst.finish()
        }
        if let sources = section.section("silence") {
            for source in AlertSource.allCases {
                silence[source.rawValue] = sources.limit(source.rawValue, default: nil)
            }
            sources.finish()
        }
        section.finish()
    }
}

extension ConfigurationSection {
    /// A duration, or `off`.
    fileprivate func limit(_ key: String, default fallback: Duration?) -> Duration? {
        guard !isWord("off", at: key) else { return nil }
        return child(key) == nil
            ? fallback : duration(key, in: .seconds(1)...(.seconds(366 * 86_400)), default: fallback ?? .zero)
    }

    /// Goes into subjects and headlines.
    fileprivate func name(default fallback: String) -> String {
        value("name", expected: "1 to 60 characters without control characters") { text in
            let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            return isPlain && (1...60).contains(text.count) ? text : nil
        } ?? fallback
    }
}

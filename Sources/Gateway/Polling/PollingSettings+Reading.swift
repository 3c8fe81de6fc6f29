import Commerce
import Dynamics
import Relay

extension PollingSettings {
    /// - Parameter names: The entity sets that `dynamics.entities` names.
    init(_ section: ConfigurationSection?, _ names: EntitySetNames?) {
        self.init()
        guard let section else { return }
        defer { section.finish() }
        if let lists = section.section("commerce") {
            for kind in CommerceRecordKind.allCases where kind.isListed {
                guard let list = lists.section(kind.listName), list.flag("enabled", default: true) else { continue }
                commerce[kind] = PollSettings(list, default: kind.isStamped ? PollSettings() : .scan)
                list.finish()
            }
            lists.finish()
        }
        if let lists = section.section("dynamics") {
            for preset in EntityPollSettings.presets(names ?? EntitySetNames()) {
                guard let list = lists.section(preset.listName), list.flag("enabled", default: true) else { continue }
                dynamics.append(EntityPollSettings(list, preset: preset))
                list.finish()
            }
            lists.finish()
        }
    }
}

extension PollSettings {
    /// Whole lists are walked less often.
    static let scan = PollSettings(every: .seconds(900), overlap: .zero, pageSize: 200)

    /// Leaves the section to who reads the rest of it.
    fileprivate init(_ section: ConfigurationSection, default fallback: PollSettings) {
        self = fallback
        every = section.duration("every", in: .seconds(1)...(.seconds(7 * 86_400)), default: every)
        overlap = section.duration("overlap", in: .zero...(.seconds(366 * 86_400)), default: overlap)
        pageSize = section.integer("pageSize", in: 1...10_000, default: pageSize)
        pagesPerRound = section.integer("pagesPerRound", in: 1...10_000, default: pagesPerRound)
        from =
            section.value("from", expected: "now, or a time such as 2026-01-01 or 2026-01-01T00:00:00Z") { text in
                text == "now" ? .now : Moment.absolute(text).map { .at($0) }
            } ?? from
    }
}

extension EntityPollSettings {
    fileprivate var listName: String { String(name.drop { $0 != "/" }.dropFirst()) }

    /// What the configuration leaves out is as in the preset; shipments, of which standard F&O has no entity, are all
    /// the configuration's.
    fileprivate init(_ section: ConfigurationSection, preset: EntityPollSettings) {
        self = preset
        poll = PollSettings(section, default: preset.poll)
        entitySet = section.named("entitySet", "an entity set, such as MyPackingSlipHeaders", default: entitySet)
        event = section.named("event", "the BusinessEventId of the events", default: event)
        key = section.list("key", "the key's properties beside dataAreaId", default: key)
        if section.child("required") != nil { required = section.named("required", "a property", default: "") }
        if let table = section.section("fields") {
            fields = [:]
            for field in table.keys { fields[field] = table.named(field, "a property of the entity", default: "") }
        }
        if fields.isEmpty { section.missing("fields", expected: "fields of the event, with the property of each") }
        switch cursor {
        case .date(let property):
            cursor = .date(property: section.named("date", "the property that dates a row", default: property))
        case .digest(let window?):
            cursor = .digest(
                window: Window(
                    property: section.named(
                        "date", "the property that says when a row was made", default: window.property),
                    length: section.duration(
                        "window", in: .seconds(86_400)...(.seconds(3660 * 86_400)), default: window.length)))
        case .digest(nil): break
        }
    }
}

extension ConfigurationSection {
    /// A name of F&O's.
    fileprivate func named(_ key: String, _ expected: String, default fallback: String) -> String {
        if child(key) == nil {
            if fallback.isEmpty { missing(key, expected: expected) }
            return fallback
        }
        return value(key, expected: expected + ", of letters, digits and _") { text in
            let isName = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            return isName && (1...200).contains(text.count) ? text : nil
        } ?? fallback
    }

    fileprivate func list(_ key: String, _ expected: String, default fallback: [String]) -> [String] {
        let names = texts(key, expected: expected)
        if names.isEmpty, fallback.isEmpty { missing(key, expected: expected) }
        return names.isEmpty ? fallback : names
    }
}

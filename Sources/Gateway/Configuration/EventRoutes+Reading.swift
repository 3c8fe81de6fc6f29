import Dynamics
import Yams

extension BusinessEventSettings {
    /// `BusinessEventId: Flow`, or `BusinessEventId: { flow: Flow, fields: { SalesOrderNumber: OrderNum } }` for an event
    /// whose fields are the company's own.
    mutating func readRoutes(_ table: ConfigurationSection) {
        let flows = KnownFlow.allCases.map(\.rawValue).joined(separator: ", ")
        for event in table.keys {
            guard case .mapping? = table.child(event), let section = table.section(event) else {
                routes[event] = table.value(event, expected: flows, KnownFlow.init(rawValue:))
                continue
            }
            if section.child("flow") == nil { section.missing("flow", expected: flows) }
            routes[event] = section.value("flow", expected: flows, KnownFlow.init(rawValue:))
            if let names = section.section("fields") { fields.byEvent[event] = Self.fields(names) }
            section.finish()
        }
        table.finish()
    }

    private static func fields(_ names: ConfigurationSection) -> [String: String] {
        var fields: [String: String] = [:]
        for name in names.keys {
            guard SalesNotice.Field(rawValue: name) != nil else {
                let known = SalesNotice.Field.allCases.map(\.rawValue).joined(separator: ", ")
                // Asked for, so that it is not refused once more as an unknown one.
                _ = names.child(name)
                names.refuseKey(name, expected: "one of \(known)")
                continue
            }
            fields[name] = names.text(name, expected: "the name of the event's field")
        }
        names.finish()
        return fields
    }
}

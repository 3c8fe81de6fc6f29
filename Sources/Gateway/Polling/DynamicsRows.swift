import Dynamics
import JSON
import Relay

/// An entity of F&O without a time of change: most of them. Its rows are read in the order of their keys.
struct DynamicsRows: ScannedList {
    let settings: EntityPollSettings
    let window: EntityPollSettings.Window?
    let client: DynamicsClient
    let events: EntityEvents

    func rows(from place: Int, now: Timestamp) async throws -> (rows: [ScannedRow], next: Int?) {
        var filter = try events.companies()
        var order = ["dataAreaId"] + settings.key
        if let window {
            filter = filter.and(try .ge(window.property, now + (.zero - window.length)))
            order.insert(window.property, at: 0)
        }
        let found = try await client.records(
            ODataRecordQuery(
                settings.entitySet, properties: settings.properties, where: filter, order: order, skip: place,
                top: settings.poll.pageSize))
        let events = events
        let rows = found.filter(events.isOurs).map { row in
            ScannedRow(key: events.key(of: row), content: events.content(of: row)) { occurrence in
                guard let event = events.event(of: row, occurrence: occurrence, at: now) else {
                    throw UnreadableRow(row: events.key(of: row))
                }
                return event
            }
        }
        return (rows, found.count < settings.poll.pageSize ? nil : place + found.count)
    }
}

/// A row that no business event can be made of: the configured fields make no sense.
struct UnreadableRow: Error, CustomStringConvertible {
    var row: String
    var description: String { "no business event can be made of row \(row)" }
}

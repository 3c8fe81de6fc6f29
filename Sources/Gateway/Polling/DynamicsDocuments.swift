import Dynamics
import JSON
import Relay

/// An entity of F&O whose rows have a date that never changes, such as posted invoices.
struct DynamicsDocuments: PollSource {
    let settings: EntityPollSettings
    let dateProperty: String
    let client: DynamicsClient
    let events: EntityEvents

    var name: String { settings.name }
    var place: String { "GET /data/\(settings.entitySet)" }
    var forgetsRowsGoingBack: Bool { false }

    func position(since moment: Timestamp, now: Timestamp) -> String {
        ODataDate(utc: moment).map { ListPosition.text(DatedWalk(from: $0)) } ?? "{}"
    }

    func page(at position: String?, now: Timestamp, book: any CursorBook) async throws -> PollPage {
        guard let today = ODataDate(utc: now), let first = ODataDate(utc: settings.poll.from.moment(now: now)) else {
            throw UnreadableRow(row: "of \(now.iso8601)")
        }
        let walk = ListPosition.read(position) ?? DatedWalk(from: first)
        let start = walk.start(overlap: settings.poll.overlap)
        let order = [dateProperty, "dataAreaId"] + settings.key
        let rows = try await client.records(
            ODataRecordQuery(
                settings.entitySet, properties: settings.properties,
                where: try events.companies().and(.ge(dateProperty, start.day.start)), order: order, skip: start.skip,
                top: settings.poll.pageSize))
        let isLast = rows.count < settings.poll.pageSize
        let days = rows.map { row in row[dateProperty]?.stringValue.flatMap(ODataDate.init(day:)) ?? start.day }
        let next = walk.advanced(by: days, from: start, isLast: isLast, today: today)
        return PollPage(
            rows: rows.count, events: rows.compactMap { events.event(of: $0, occurrence: nil, at: now) },
            position: ListPosition.text(next), isLast: isLast)
    }
}

extension ODataDate {
    /// `2026-01-15T12:00:00Z` and `2026-01-15` alike; `nil` for F&O's empty date.
    fileprivate init?(day text: String) {
        guard let date = Moment.absolute(String(text.prefix(10))).flatMap(ODataDate.init(utc:)), !date.isEmpty else {
            return nil
        }
        self = date
    }
}

import Commerce
import Cryptography
import JSON
import Relay

/// A list of Commerce that says when its records changed.
struct CommerceChanges: PollSource {
    let kind: CommerceRecordKind
    let settings: PollSettings
    let client: CommerceClient
    let routes: [Route]

    var name: String { "commerce/\(kind.listName)" }
    var place: String { kind.listPath }
    var forgetsRowsGoingBack: Bool { false }

    func position(since moment: Timestamp, now: Timestamp) -> String { ListPosition.text(StampedWalk(from: moment)) }

    func page(at position: String?, now: Timestamp, book: any CursorBook) async throws -> PollPage {
        let walk = ListPosition.read(position) ?? StampedWalk(from: settings.from.moment(now: now))
        let found = try await client.changed(
            kind, after: walk.start(overlap: settings.overlap), pageSize: settings.pageSize)
        let last = found.rows.last.flatMap { row in
            row.updatedAt.map { ChangeCursor(updatedAt: $0, entityID: row.entityID) }
        }
        let isLast = found.rows.isEmpty || found.totalCount <= found.rows.count
        return PollPage(
            rows: found.rows.count,
            events: found.rows.map { row in
                NewEvent(polled: row, kind, occurrence: "", receivedAt: now, routes: routes)
            },
            position: ListPosition.text(walk.advanced(to: last, isLast: isLast, now: now)), isLast: isLast)
    }
}

extension CommerceRecordKind {
    /// `orders`, as configuration and operators name the list.
    var listName: String {
        switch self {
        case .company: "companies"
        default: "\(rawValue)s"
        }
    }
}

extension PollSettings.Start {
    func moment(now: Timestamp) -> Timestamp {
        switch self {
        case .now: now
        case .at(let moment): moment
        }
    }
}

extension NewEvent {
    /// What is stored of a record that a list shows: a notice, in the envelope of Adobe I/O Events, so that flows cannot
    /// tell the ways apart.
    ///
    /// A document is known by itself, as in every other way in. Of a record that changes, the telling is known by id,
    /// time of change and what the list shows.
    /// - Parameter occurrence: Tells two tellings apart where the list has no time of change.
    init(
        polled record: ListedRecord, _ kind: CommerceRecordKind, occurrence: String, receivedAt: Timestamp,
        routes: [Route]
    ) {
        let value = JSONWriter.bytes(.object(record.fields))
        let digest = Hex.encode(SHA256.hash(value))
        let stamp = record.updatedAt.map { String($0.millisecondsSince1970) } ?? occurrence
        let key = "poll \(kind.rawValue) \(record.entityID) \(stamp) \(digest)"
        let body = JSONWriter.bytes([
            "specversion": "1.0", "id": .string(key), "source": "urn:causeway:polling",
            "type": .string("causeway.polled.\(kind.rawValue)"), "time": .string(receivedAt.iso8601),
            "data": ["value": .object(record.fields)],
        ])
        self.init(
            source: "commerce", kind: kind.rawValue, subject: key, dedupKey: key, receivedAt: receivedAt, body: body,
            bodyDigest: SHA256.hash(body), routes: routes)
        // What cannot be read is stored all the same, so that its flow parks it for a person.
        if kind == .order, let notice = try? WebhookReader.readOrder(value) {
            (subject, version, searchKeys) = (notice.subject, notice.version, notice.searchKeys)
        } else if kind != .order, let notice = try? WebhookReader.readRecord(value, kind: kind) {
            (subject, version, searchKeys) = (notice.subject, notice.version, notice.searchKeys)
            dedupKey = notice.documentKey ?? key
        }
    }
}

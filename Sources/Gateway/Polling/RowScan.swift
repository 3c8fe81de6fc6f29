import Commerce
import Cryptography
import JSON
import Relay

/// A list that does not say when its rows changed: it is walked from end to end, and what a row shows is compared with
/// what it showed before.
protocol ScannedList: Sendable {
    /// - Parameter place: 0 at the start, then what the page before said.
    /// - Returns: `next` is `nil` at the end.
    func rows(from place: Int, now: Timestamp) async throws -> (rows: [ScannedRow], next: Int?)
}

struct ScannedRow: Sendable {
    /// Tells the row from others of its list: `usmf/C-000042`.
    var key: String
    /// All that is compared.
    var content: [UInt8]
    /// - Parameter occurrence: Tells this telling of the row from others.
    var event: @Sendable (_ occurrence: String) throws -> NewEvent
}

/// Polls a list without a time of change.
///
/// Rows that move to an earlier place while a walk is under way are met by the next one.
struct RowScan: PollSource {
    private struct Position: Codable {
        /// When this walk began; the rows it meets are remembered as seen then.
        var startedAt: Timestamp
        var next = 0
        /// The first walk of all only learns what is there.
        var isFirst: Bool
        var isUnderWay = false
    }

    let name: String
    let place: String
    let from: PollSettings.Start
    let list: any ScannedList

    var forgetsRowsGoingBack: Bool { true }

    func position(since moment: Timestamp, now: Timestamp) -> String {
        ListPosition.text(Position(startedAt: now, isFirst: false))
    }

    func page(at position: String?, now: Timestamp, book: any CursorBook) async throws -> PollPage {
        var position: Position =
            ListPosition.read(position) ?? Position(startedAt: now, isFirst: from == .now)
        if !position.isUnderWay { position.startedAt = now }
        let (rows, next) = try await list.rows(from: position.next, now: now)
        let known = try await book.digests(of: name, keys: rows.map(\.key))
        let isFirst = position.isFirst
        var page = PollPage(rows: rows.count, events: [], position: "", isLast: next == nil)
        for row in rows {
            let digest = SHA256.hash(row.content)
            page.digests[row.key] = digest
            // A row that returns to what it once was is news all the same, so the time is part of its name.
            guard known[row.key] != digest, !isFirst else { continue }
            page.events.append(try row.event("\(position.startedAt.millisecondsSince1970)"))
        }
        page.seenAt = position.startedAt
        page.forgetsUnseen = next == nil
        position.next = next ?? 0
        position.isUnderWay = next != nil
        if next == nil { position.isFirst = false }
        page.position = ListPosition.text(position)
        return page
    }
}

/// Records of Commerce that don't say when they changed, by their ids.
struct CommerceRecords: ScannedList {
    let kind: CommerceRecordKind
    let pageSize: Int
    let client: CommerceClient
    let routes: [Route]

    func rows(from place: Int, now: Timestamp) async throws -> (rows: [ScannedRow], next: Int?) {
        let page = try await client.listed(kind, afterID: place, pageSize: pageSize)
        let isLast = page.rows.isEmpty || page.totalCount <= page.rows.count
        let (kind, routes) = (kind, routes)
        let rows = page.rows.map { record in
            ScannedRow(key: String(record.entityID), content: JSONWriter.bytes(.object(record.fields))) {
                occurrence in
                NewEvent(polled: record, kind, occurrence: occurrence, receivedAt: now, routes: routes)
            }
        }
        return (rows, isLast ? nil : page.rows.last?.entityID)
    }
}

import Cryptography
import Dynamics
import JSON
import Relay

/// Makes of an entity's row the flat business event that a push would have brought, so that flows cannot tell the ways
/// apart.
struct EntityEvents: Sendable {
    let settings: EntityPollSettings
    /// The companies that are asked for: those that the shops sell for.
    let legalEntities: [String]
    /// By `BusinessEventId`.
    let routes: [String: Route]

    /// - Throws: For more companies than fit into an address.
    func companies() throws(ODataFault) -> ODataFilter { try .oneOf("dataAreaId", legalEntities) }

    /// Whether the row is of an order, say, that came from a shop.
    func isOurs(_ row: JSONObject) -> Bool {
        guard let required = settings.required else { return true }
        return !text(row, required).isEmpty
    }

    /// `usmf/SO-004512`
    func key(of row: JSONObject) -> String {
        ([text(row, "dataAreaId").lowercased()] + settings.key.map { text(row, $0) }).joined(separator: "/")
    }

    /// What is compared: all that was asked for, and no version's mark, which changes with fields that nobody asked for.
    func content(of row: JSONObject) -> [UInt8] {
        JSONWriter.bytes(.object(JSONObject(settings.properties.map { .init(key: $0, value: row[$0] ?? .null) })))
    }

    /// - Parameter occurrence: Tells two tellings of one row apart; `nil` for a document that is told of once.
    /// - Returns: `nil` for a row that is not ours, or that makes no event.
    func event(of row: JSONObject, occurrence: String?, at now: Timestamp) -> NewEvent? {
        guard isOurs(row) else { return nil }
        let company = text(row, "dataAreaId").lowercased()
        let digest = Hex.encode(SHA256.hash(content(of: row)))
        let id = ["poll", settings.name, key(of: row), occurrence.map { "\($0) \(digest)" }].compactMap(\.self)
        var event: JSONObject = [
            "BusinessEventId": .string(settings.event), "BusinessEventLegalEntity": .string(company),
            "EventId": .string(id.joined(separator: " ")), "EventTimeIso8601": .string(now.iso8601),
            "LegalEntity": .string(company),
        ]
        for (field, property) in settings.fields.sorted(by: { $0.key < $1.key }) {
            event.append(field, row[property] ?? .null)
        }
        let body = JSONWriter.bytes(.object(event))
        guard let incoming = try? BusinessEventReader.read(body) else { return nil }
        return NewEvent(incoming, body: body, receivedAt: now, routes: routes)
    }

    private func text(_ row: JSONObject, _ name: String) -> String {
        switch row[name] {
        case .string(let text): text
        case .number(let number): number.text
        default: ""
        }
    }
}

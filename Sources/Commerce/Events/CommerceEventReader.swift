import JSON

/// Reads what Adobe I/O Events posts: one CloudEvent, a list of them, or the question whether the address is right.
public struct CommerceEventReader: Sendable {
    /// Adobe sends up to 20 in one request; older pages say 100.
    public static let mostEvents = 100
    /// Ids and types become part of keys and log lines.
    static let longestName = 200

    private let kinds: [String: CommerceRecordKind]

    /// - Parameter types: Further types that tell of a record, such as those of events with conditions; with or
    ///   without ``CommerceEvent/prefix``.
    public init(types: [CommerceRecordKind: Set<String>] = [:]) {
        var kinds: [String: CommerceRecordKind] = [:]
        for kind in CommerceRecordKind.allCases {
            for type in kind.eventTypes.union(types[kind] ?? []) { kinds[Self.withoutPrefix(type)] = kind }
        }
        self.kinds = kinds
    }

    /// - Throws: For the whole batch if one event cannot be told from others. What else is wrong with an event is told
    ///   in its content.
    public func read(_ body: [UInt8]) throws(CommerceEventError) -> [CommerceEvent] {
        let records: [[UInt8]]
        do {
            records = try JSONRecords.cut(body, atMost: Self.mostEvents)
        } catch {
            throw .malformedJSON(error.description)
        }
        var events: [CommerceEvent] = []
        for (index, record) in records.enumerated() {
            events.append(try event(record, at: records.count == 1 ? "" : "[\(index)]."))
        }
        return events
    }

    /// What the registration asks to be called back by a person or program: `https://csm.adobe.io/…`.
    /// - Returns: `nil` for a body that is no such question.
    public static func validationURL(_ body: [UInt8]) -> String? {
        guard let members = try? JSONMembers(body), members.source("specversion") == nil else { return nil }
        return members.text("validationUrl")
    }

    private func event(_ bytes: [UInt8], at place: String) throws(CommerceEventError) -> CommerceEvent {
        let members: JSONMembers?
        do {
            members = try JSONMembers(bytes)
        } catch {
            throw .malformedJSON("\(place)\(error)")
        }
        guard let members else { throw .unusableField(place: place, field: "", expected: "an event, as an object") }
        func text(_ names: String..., expected: String) throws(CommerceEventError) -> String {
            for name in names {
                if let text = members.text(name), Self.isName(text) { return text }
            }
            throw .unusableField(place: place, field: names[0], expected: expected)
        }
        guard members.text("specversion")?.hasPrefix("1.") == true else {
            throw .unusableField(place: place, field: "specversion", expected: "\"1.0\" (CloudEvents)")
        }
        let type = try text("type", expected: "the event's type, such as com.adobe.commerce.observer.…")
        return CommerceEvent(
            // The names with underscores are the older ones, which Adobe takes away at the end of 2026.
            id: try text("eventid", "event_id", "id", expected: "the event's id"), type: type,
            recipient: try text("recipientclientid", "recipient_client_id", expected: "the client id"),
            content: content(members, type), bytes: bytes)
    }

    private func content(_ members: JSONMembers, _ type: String) -> CommerceEvent.Content {
        guard let kind = kinds[Self.withoutPrefix(type)] else { return .other }
        do throws(WebhookError) {
            guard let value = CommerceEvent.value(members) else { throw CommerceEvent.lacks(kind) }
            if kind == .order { return .order(try WebhookReader.readOrder(value)) }
            return .record(try WebhookReader.readRecord(value, kind: kind))
        } catch {
            return .unreadable(kind, error)
        }
    }

    private static func withoutPrefix(_ type: String) -> String {
        type.hasPrefix(CommerceEvent.prefix) ? String(type.dropFirst(CommerceEvent.prefix.count)) : type
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.count <= longestName && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension CommerceEvent {
    /// The order that a stored event tells of; `nil` for a body that is no CloudEvent but an order of its own.
    ///
    /// An event says that an order changed, not what it is: which fields it has is the subscription's choice, and events
    /// arrive in any sequence.
    public static func orderNotice(in body: [UInt8]) throws(WebhookError) -> OrderNotice? {
        guard let members = try? JSONMembers(body), members.source("specversion") != nil else { return nil }
        guard let value = value(members) else { throw .noOrder }
        return try WebhookReader.readOrder(value)
    }

    /// The record that a stored event or webhook tells of.
    /// - Parameter kind: Any but orders.
    public static func recordNotice(
        in body: [UInt8], kind: CommerceRecordKind
    ) throws(WebhookError) -> RecordNotice {
        guard let members = try? JSONMembers(body), members.source("specversion") != nil else {
            return try WebhookReader.readRecord(body, kind: kind)
        }
        guard let value = value(members) else { throw .noRecord(kind) }
        return try WebhookReader.readRecord(value, kind: kind)
    }

    /// Subscribed fields stand in `value`; a batch of Commerce's own format may leave the wrapping out.
    static func value(_ members: JSONMembers) -> [UInt8]? {
        let data = members.source("data").flatMap { try? JSONMembers($0) }
        return data?.source("value") ?? members.source("data")
    }

    static func lacks(_ kind: CommerceRecordKind) -> WebhookError {
        kind == .order ? .noOrder : .noRecord(kind)
    }
}

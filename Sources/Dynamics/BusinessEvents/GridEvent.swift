import Cryptography
import JSON

/// One event as Azure Event Grid delivers it, in either of its schemas, before anybody looks at what is in it.
public struct GridEvent: Sendable, Equatable {
    /// Event Grid asks whether the address wants its events.
    public static let validationType = "Microsoft.EventGrid.SubscriptionValidationEvent"
    /// Event Grid sends up to this many in one request.
    public static let mostEvents = 5000

    public let id: String
    /// The topic's resource id: `topic` in the Event Grid schema, `source` in CloudEvents.
    public let topic: String
    public let type: String
    /// The business event, unwrapped: F&O sends it as an object or as a text that holds one.
    public let data: [UInt8]
    /// The event as received: the whole body, or its element of a list.
    public let bytes: [UInt8]

    /// What a validation event wants to hear.
    public var validationCode: String? {
        guard type == Self.validationType else { return nil }
        return (try? JSONMembers(data))?.text("validationCode")
    }

    /// What is stored: the business event as F&O wrote it, so that it is the same whichever way it came; or the whole
    /// event of a sender that is not F&O.
    public var stored: (event: IncomingBusinessEvent, body: [UInt8]) {
        if let event = try? BusinessEventReader.read(data) { return (event, data) }
        let own = IncomingBusinessEvent(
            id: type, legalEntity: nil, dedupKey: "event grid \(topic.lowercased()) \(id)",
            subjectHint: "\(type) \(id)")
        return (own, bytes)
    }
}

extension GridEvent {
    /// - Parameter body: A list of events of the Event Grid schema, one CloudEvent (1.0) or a list of them.
    /// - Throws: For the whole body if one of them is no event.
    public static func read(_ body: [UInt8]) throws(BusinessEventError) -> [GridEvent] {
        let records: [[UInt8]]
        do {
            records = try JSONRecords.cut(body, atMost: mostEvents)
        } catch {
            throw .malformedJSON(error.description)
        }
        var events: [GridEvent] = []
        for (index, record) in records.enumerated() { events.append(try GridEvent(record, at: "[\(index)].")) }
        return events
    }

    private init(_ bytes: [UInt8], at place: String) throws(BusinessEventError) {
        let members: JSONMembers?
        do {
            members = try JSONMembers(bytes)
        } catch {
            throw .malformedJSON("\(place)\(error)")
        }
        guard let members else { throw .unknownShape(found: "no object at \(place.dropLast())") }
        func text(_ name: String, _ expected: String) throws(BusinessEventError) -> String {
            guard let text = members.text(name), text.utf8.count <= Self.longestName else {
                throw .missing(field: place + name, expected: "\(expected) of at most \(Self.longestName) bytes")
            }
            return text
        }
        let isCloudEvent = members.source("specversion") != nil
        id = try text("id", "the event's id")
        topic = try text(isCloudEvent ? "source" : "topic", "the topic's resource id")
        type = try text(isCloudEvent ? "type" : "eventType", "the event's type")
        data = Self.data(of: members)
        self.bytes = bytes
    }

    /// A resource id has up to about 300 characters.
    private static let longestName = 1024

    /// Empty if there is none.
    private static func data(of members: JSONMembers) -> [UInt8] {
        if let text = members.text("data") { return Array(text.utf8) }
        if let text = members.text("data_base64") { return Base64.decode(text) ?? [] }
        return members.source("data") ?? []
    }
}

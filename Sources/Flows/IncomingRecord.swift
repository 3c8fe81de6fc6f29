public import Commerce
public import Relay

/// What an event says about a record of Commerce that is no order: which one it is. The record is read from the shop
/// when it is carried, so that events which overtake each other do no harm.
public struct IncomingRecord: Sendable, Equatable {
    public var notice: RecordNotice

    /// - Throws: A `Verdict` that parks what does not say of which record it is.
    public init(_ event: StoredEvent) throws(Verdict) {
        guard let kind = CommerceRecordKind(rawValue: event.kind), kind != .order else {
            throw Verdict.park("unreadable-record", "Events of kind \(event.kind) tell of no record of Commerce.")
        }
        do throws(WebhookError) {
            notice = try CommerceEvent.recordNotice(in: event.body, kind: kind)
        } catch {
            throw Verdict.park(
                "unreadable-record", "The event does not say of which \(kind.rawValue) it is: \(error)",
                advice: "Add the record's id to the event's fields in Commerce, then skip this one.")
        }
        // Only deliveries of one subject keep out of each other's way: an edited event must stay the record it was.
        guard notice.subject == event.subject else {
            throw Verdict.park(
                "another-record", "The event is of \(event.subject), but its body tells of \(notice.subject).",
                advice: "Skip this event, and send the other record from Commerce.")
        }
    }
}

/// For a person who looks into what happened, and mends it. Every change is written down in its own transaction with
/// who asked for it and why.
public protocol Repair: Sendable {
    /// What a selection holds now, without changing it.
    func count(_ selection: EventSelection) async throws -> SelectionCount

    /// Puts selected deliveries back to ready with a fresh retry schedule, one page of events at a time, oldest first,
    /// so that nobody waits long for the writer. Running and superseded ones are left alone, and so are those whose
    /// event has lost its body. Remembered steps stay remembered.
    /// - Parameters:
    ///   - isBulk: Carries them behind what comes in live.
    ///   - after: Where the page before ended; `nil` for the first.
    ///   - limit: Events in the page, at least 1; a store may make smaller ones.
    func replay(
        _ selection: EventSelection, isBulk: Bool, act: OperatorAct, after: EventID?, limit: Int
    ) async throws -> RepairPage

    /// Ends selected deliveries that are not finished and don't run, with the act's `why` as reason
    /// `skipped-by-operator`; otherwise like `replay`.
    func skip(
        _ selection: EventSelection, act: OperatorAct, after: EventID?, limit: Int
    ) async throws -> RepairPage

    /// Stores an edited copy of an event with the same subject, routes and place in the subject's queue, and ends the
    /// deliveries of the old one and of its earlier copies that are not finished as superseded, in one transaction.
    /// What the old one's steps have done stays linked, so that the copy does nothing twice. The same edit of the
    /// same event makes one copy, however often it is asked for.
    /// - Returns: The copy; `nil` if there is no such event.
    /// - Throws: `RepairRefused` while a delivery of the event runs, or if its body is needed and gone.
    func resend(_ event: EventID, as edit: EventEdit, act: OperatorAct) async throws -> EventID?

    /// What people did, newest first.
    func acts(on event: EventID?, before: Int64?, limit: Int) async throws -> [RecordedAct]

    /// All that is known of one business key: events, deliveries, attempts and links, oldest first; links are followed
    /// both ways, so that an order's number finds its sales order's invoices.
    /// - Parameter limit: Events, at least 1; a store may have a limit of its own.
    func trace(_ key: SearchKey, limit: Int) async throws -> [EventDetail]

    /// Numbers that numbered streams have left out so far.
    func gaps() async throws -> [StreamGap]
}

/// Which deliveries are meant. What is not set does not matter.
public struct EventSelection: Sendable, Equatable {
    /// Empty: every state that the change can be made in.
    public var states: Set<DeliveryState> = []
    public var flow: String?
    public var lane: String?
    public var source: String?
    public var kind: String?
    public var subject: String?
    public var reasonCode: String?
    /// Received at this moment or later.
    public var since: Timestamp?
    /// Received before this moment.
    public var until: Timestamp?
    public var event: EventID?

    public init() {}
}

public struct SelectionCount: Sendable, Equatable {
    public var events: Int
    /// Deliveries by state.
    public var deliveries: [DeliveryState: Int]

    public init(events: Int, deliveries: [DeliveryState: Int]) {
        self.events = events
        self.deliveries = deliveries
    }
}

/// One page of a change to many events.
public struct RepairPage: Sendable, Equatable {
    /// What was changed.
    public var deliveries: [DeliveryID]
    /// Where the next page begins; `nil` when this was the last.
    public var next: EventID?

    public init(deliveries: [DeliveryID], next: EventID?) {
        self.deliveries = deliveries
        self.next = next
    }
}

/// What a person wants changed of an event, or of what is sent because of it.
public struct EventEdit: Sendable, Equatable {
    /// In place of the body as received.
    public var body: [UInt8]?
    /// Step → JSON merge patch (RFC 7396) on the record that the step sends: `header` → `{"SalesOrderName":"Doe"}`.
    public var patches: [String: [UInt8]]

    public init(body: [UInt8]? = nil, patches: [String: [UInt8]] = [:]) {
        self.body = body
        self.patches = patches
    }
}

/// Who asks for a change, and why.
public struct OperatorAct: Sendable, Equatable {
    /// A person or a program, as it names itself.
    public var by: String
    public var why: String
    public var at: Timestamp

    public init(by: String, why: String, at: Timestamp) {
        self.by = by
        self.why = why
        self.at = at
    }
}

/// An act as the store keeps it.
public struct RecordedAct: Sendable, Equatable {
    public var id: Int64
    public var act: OperatorAct
    /// `replay`, `skip`, `resend`, `pause`, `resume`, `erase`, …
    public var verb: String
    /// What it was done to, for a person: `event 42`, `lane dynamics/OrderToSalesOrder`, `17 deliveries`.
    public var target: String
    public var event: EventID?

    public init(id: Int64, act: OperatorAct, verb: String, target: String, event: EventID?) {
        self.id = id
        self.act = act
        self.verb = verb
        self.target = target
        self.event = event
    }
}

/// Numbers of a stream that have not come, though later ones have.
public struct StreamGap: Sendable, Equatable {
    public var stream: String
    public var numbers: ClosedRange<Int64>
    public var seenAt: Timestamp

    public init(stream: String, numbers: ClosedRange<Int64>, seenAt: Timestamp) {
        self.stream = stream
        self.numbers = numbers
        self.seenAt = seenAt
    }
}

/// A change that cannot be made now.
public enum RepairRefused: Error, Equatable, CustomStringConvertible {
    case running(EventID)
    /// Its body was purged or erased.
    case bodyGone(EventID)

    public var description: String {
        switch self {
        case .running(let event): "event \(event) is being carried right now; try again when its attempt has ended"
        case .bodyGone(let event): "the body of event \(event) is no longer kept"
        }
    }
}

public import Commerce
public import Relay

/// Which lists of the platforms are asked for what is new. Nothing is, unless it is configured.
public struct PollingSettings: Sendable, Equatable {
    public var commerce: [CommerceRecordKind: PollSettings]
    public var dynamics: [EntityPollSettings]

    public init(commerce: [CommerceRecordKind: PollSettings] = [:], dynamics: [EntityPollSettings] = []) {
        self.commerce = commerce
        self.dynamics = dynamics
    }

    public var isOn: Bool { !commerce.isEmpty || !dynamics.isEmpty }
}

/// How one list is asked.
public struct PollSettings: Sendable, Equatable {
    public enum Start: Sendable, Equatable {
        /// What changes from the first round on.
        case now
        case at(Timestamp)
    }

    /// From the end of a round to the next.
    public var every: Duration
    /// How far before the last record that was seen each round begins. A transaction commits after it took its time, and
    /// F&O's documents are dated back.
    public var overlap: Duration
    /// Where the very first round begins. Of lists without a time of change, `now` takes all rows that are there for
    /// known, anything else takes them for new.
    public var from: Start
    public var pageSize: Int
    /// Pages of one round; what is left is for the next.
    public var pagesPerRound: Int

    public init(
        every: Duration = .seconds(60), overlap: Duration = .seconds(300), from: Start = .now, pageSize: Int = 100,
        pagesPerRound: Int = 50
    ) {
        self.every = every
        self.overlap = overlap
        self.from = from
        self.pageSize = pageSize
        self.pagesPerRound = pagesPerRound
    }
}

/// How an entity of F&O is asked, and which business event its rows become.
public struct EntityPollSettings: Sendable, Equatable {
    /// What tells that a row is new.
    public enum Cursor: Sendable, Equatable {
        /// Rows are facts with a date that never changes.
        case date(property: String)
        /// Any difference from what the row showed before.
        case digest(window: Window?)
    }

    /// Only rows whose date lies so far back at most.
    public struct Window: Sendable, Equatable {
        public var property: String
        public var length: Duration

        public init(property: String, length: Duration) {
            self.property = property
            self.length = length
        }
    }

    /// `dynamics/invoices`
    public var name: String
    public var poll: PollSettings
    public var entitySet: String
    /// The key's properties beside `dataAreaId`, which make the list's order total.
    public var key: [String]
    public var cursor: Cursor
    /// The `BusinessEventId` of the events.
    public var event: String
    /// The event's fields, and the properties that they are taken from.
    public var fields: [String: String]
    /// Rows without a value here are not ours.
    public var required: String?

    public init(
        name: String, poll: PollSettings, entitySet: String, key: [String], cursor: Cursor, event: String,
        fields: [String: String], required: String? = nil
    ) {
        self.name = name
        self.poll = poll
        self.entitySet = entitySet
        self.key = key
        self.cursor = cursor
        self.event = event
        self.fields = fields
        self.required = required
    }

    /// Everything that is asked for, each once.
    var properties: [String] {
        var names = ["dataAreaId"] + key + fields.values.sorted()
        switch cursor {
        case .date(let property): names.append(property)
        case .digest(let window): names += window.map { [$0.property] } ?? []
        }
        if let required { names.append(required) }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

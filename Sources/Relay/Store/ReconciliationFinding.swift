/// Something on which both platforms don't agree.
public struct ReconciliationFinding: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable, Codable {
        case open
        /// Its repair was asked for, or was not needed any more.
        case repaired
        /// A person says that it is right as it is, or has mended it by hand.
        case accepted
    }

    /// From 1 within its comparison; given by the store.
    public var number: Int
    /// Stable: `missing`.
    public var code: String
    /// What it is about, for a person: `order 000000042`.
    public var subject: String
    /// The near side's number: `000000042`; `nil` if there is none.
    public var near: String?
    /// Where the far record is: a legal entity in lower case.
    public var scope: String?
    /// The far side's number: `SO-004512`.
    public var far: String?
    /// What the near side says, and what the far side says.
    public var nearValue: String?
    public var farValue: String?
    /// A sentence with all of that.
    public var text: String
    /// What a person can look at.
    public var advice: String?
    /// The name of what mends it; `nil` if only a person can.
    public var repair: String?
    public var state: State
    public var settledAt: Timestamp?
    public var settledBy: String?
    /// What came of the repair, or why it was accepted.
    public var note: String?

    public init(
        number: Int = 0, code: String, subject: String, near: String? = nil, scope: String? = nil, far: String? = nil,
        nearValue: String? = nil, farValue: String? = nil, text: String, advice: String? = nil, repair: String? = nil,
        state: State = .open
    ) {
        self.number = number
        self.code = code
        self.subject = subject
        self.near = near
        self.scope = scope
        self.far = far
        self.nearValue = nearValue
        self.farValue = farValue
        self.text = text
        self.advice = advice
        self.repair = repair
        self.state = state
    }
}

public import Sandbox

/// All that is known at the end of a run. What follows from it is decided by the checks, which see nothing else.
public struct Evidence: Sendable {
    /// An event that the gateway has acknowledged.
    public struct Acknowledged: Sendable, Equatable {
        /// The order in the shop that it is about.
        public var order: String
        /// SHA-256 of its body, in hex.
        public var digest: String
        /// The invoice that it tells of; `nil` for a webhook of the order itself.
        public var invoice: String?

        public init(order: String, digest: String, invoice: String? = nil) {
            self.order = order
            self.digest = digest
            self.invoice = invoice
        }
    }

    /// An event as the store has it.
    public struct Stored: Sendable, Equatable {
        public var id: Int
        public var digest: String
        public var subject: String
        public var deliveries: [Delivery]

        public init(id: Int, digest: String, subject: String, deliveries: [Delivery]) {
            self.id = id
            self.digest = digest
            self.subject = subject
            self.deliveries = deliveries
        }
    }

    public struct Delivery: Sendable, Equatable {
        public var state: String
        /// Why it is not done.
        public var reason: String?

        public init(state: String, reason: String? = nil) {
            self.state = state
            self.reason = reason
        }
    }

    /// By order in the sequence in which they were sent: the next one only after the one before was acknowledged.
    public var acknowledged: [Acknowledged] = []
    public var stored: [Stored] = []
    /// What the platforms did, in order.
    public var effects: [SandboxEffect] = []
    /// What exists twice on the far side, in words.
    public var doubles: [String] = []
    /// Requests during a pause that was asked for by `Retry-After`, by platform.
    public var requestsInPauses: [String: Int] = [:]
    /// Lines that each order has in F&O, shipping included.
    public var linesPerOrder = 0

    public init() {}
}

/// Something that is wrong.
public struct Finding: Sendable, Equatable, CustomStringConvertible {
    public var check: Check
    public var text: String

    public init(_ check: Check, _ text: String) {
        self.check = check
        self.text = text
    }

    public enum Check: String, Sendable, CaseIterable {
        case lost = "acknowledged and lost"
        case unfinished = "not finished"
        case missing = "effect missing"
        case doubled = "effect doubled"
        case sequence = "order of effects"
        case pause = "Retry-After not kept"
    }

    public var description: String { "\(check.rawValue): \(text)" }
}

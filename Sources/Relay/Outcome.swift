/// Why a delivery did not end as done, for two readers: a script and a person.
public struct Reason: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Stable, lower case with dashes: `unknown-item`.
    public var code: String
    /// One sentence that names the record and the value.
    public var message: String
    /// What a person can do about it.
    public var advice: String?
    /// The row of a value table without which the record cannot go on, as `ValueBook` names rows. A delivery that is
    /// parked for it goes on when the row comes.
    public var waitsFor: String?

    public init(code: String, message: String, advice: String? = nil, waitsFor: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
        self.waitsFor = waitsFor
    }

    public var description: String { advice.map { "\(message) \($0)" } ?? message }

    /// Characters of a message, and of an advice, that are kept.
    public static let textLimit = 2000

    /// With texts of bounded length. A name is kept whole or not at all: half of one names another row.
    public var bounded: Reason {
        Reason(
            code: code, message: Self.cut(message), advice: advice.map(Self.cut),
            waitsFor: waitsFor.flatMap { $0.utf8.count <= Self.waitsForLimit ? $0 : nil })
    }

    /// Bytes of the name of a row.
    public static let waitsForLimit = 1000

    private static func cut(_ text: String) -> String {
        // Bytes are counted at once, characters are not; there are never more characters than bytes.
        guard text.utf8.count > textLimit, text.count > textLimit else { return text }
        return text.prefix(textLimit) + "…"
    }
}

/// How one attempt ended.
public enum Outcome: Sendable, Equatable {
    /// - Parameter summary: What came of it, for a person: `SO-004512`.
    case done(summary: String?)
    case retry(at: Timestamp, Reason)
    /// The destination takes no calls until then. The record is not to blame: this counts as no failure.
    case held(until: Timestamp, Reason)
    case parked(Reason)
    case skipped(Reason)
    /// A newer event of the same subject says all that this one said.
    case superseded(Reason)

    public var state: DeliveryState {
        switch self {
        case .done: .done
        case .retry, .held: .waiting
        case .parked: .parked
        case .skipped: .skipped
        case .superseded: .superseded
        }
    }

    /// Whether an attempt that ended so was held before any call left.
    public func isHeldUnsent(_ exchanges: [Exchange]) -> Bool {
        if case .held = self { exchanges.isEmpty } else { false }
    }

    public var reason: Reason? {
        switch self {
        case .done: nil
        case .retry(_, let reason), .held(_, let reason), .parked(let reason), .skipped(let reason),
            .superseded(let reason):
            reason
        }
    }
}

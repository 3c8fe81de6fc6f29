import Synchronization

/// The bytes of bodies that all connections keep together.
///
/// Bytes are counted as they arrive and not as they are announced: an announcement costs the peer nothing, and
/// could keep others out.
final class BodyBudget: Sendable {
    private let used = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// - Parameter change: Bytes more, or less if negative.
    /// - Returns: Whether the limit is kept. The bytes are counted in either case, since they are there.
    @discardableResult
    func add(_ change: Int) -> Bool {
        used.wrappingAdd(change, ordering: .relaxed).newValue <= limit
    }

    /// Whether a new body may begin.
    var hasRoom: Bool { used.load(ordering: .relaxed) < limit }

    var usedBytes: Int { used.load(ordering: .relaxed) }
}

import Synchronization

/// Collects what one attempt sent and received. Clients find it as a task-local value, so that no flow has to
/// hand it around.
public final class Trail: Sendable {
    /// The trail of the attempt that the current task works on.
    @TaskLocal public static var current: Trail?
    /// The step that the current task works on.
    @TaskLocal public static var step: String?

    /// Exchanges kept of each attempt; the first ones explain a failure less well than the last ones.
    public static let exchangeLimit = 100

    private let redactor: any Redactor
    private let kept = Mutex<[Exchange]>([])

    public init(redactor: any Redactor) { self.redactor = redactor }

    public func record(_ call: Call) {
        var exchange = redactor.exchange(of: call)
        exchange.step = Trail.step
        kept.withLock {
            if $0.count == Trail.exchangeLimit { $0.removeFirst() }
            $0.append(exchange)
        }
    }

    public var exchanges: [Exchange] { kept.withLock { $0 } }
}

import Synchronization

/// Collects what one attempt sent and received. Clients find it as a task-local value, so that no flow has to
/// hand it around.
public final class Trail: Sendable {
    /// The trail of the attempt that the current task works on.
    @TaskLocal public static var current: Trail?
    /// The step that the current task works on.
    @TaskLocal public static var step: String?

    /// Bytes kept of each body.
    public static let bodyLimit = 2048
    /// Exchanges kept of each attempt; the first ones explain a failure less well than the last ones.
    public static let exchangeLimit = 100

    private let kept = Mutex<[Exchange]>([])

    public init() {}

    public func record(_ exchange: Exchange) {
        var exchange = exchange
        exchange.step = exchange.step ?? Trail.step
        kept.withLock {
            if $0.count == Trail.exchangeLimit { $0.removeFirst() }
            $0.append(exchange)
        }
    }

    public var exchanges: [Exchange] { kept.withLock { $0 } }

    /// The text of a body, cut to `bodyLimit` at a character's border, with a mark where it was cut.
    public static func excerpt(_ body: [UInt8]) -> String? {
        guard !body.isEmpty else { return nil }
        guard body.count > bodyLimit else { return String(decoding: body, as: UTF8.self) }
        var end = bodyLimit
        while end > 0, body[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        return String(decoding: body[..<end], as: UTF8.self) + "… (\(body.count) bytes)"
    }
}

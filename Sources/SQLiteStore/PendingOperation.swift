import GRDB
import Relay

/// Something to do in the next transaction, and somebody who waits for it.
///
/// Confined: created by the caller, then used by the writer's queue alone. `run` may be called twice, when the first
/// transaction was rolled back because of a neighbour.
protocol PendingOperation: Sendable {
    func run(_ db: Database) throws
    /// The transaction of the last `run` is on stable storage.
    func committed()
    func failed(_ fault: StoreFault)
}

/// `@unchecked Sendable`: `value` is touched only by `run` and `committed`, which only the writer's serial queue
/// calls; everything else is immutable.
final class Operation<Value: Sendable>: PendingOperation, @unchecked Sendable {
    private let body: @Sendable (Database) throws -> Value
    private let whenCommitted: (@Sendable () -> Void)?
    private let continuation: CheckedContinuation<Value, any Error>
    private var value: Value?

    init(
        _ body: @escaping @Sendable (Database) throws -> Value, whenCommitted: (@Sendable () -> Void)?,
        _ continuation: CheckedContinuation<Value, any Error>
    ) {
        self.body = body
        self.whenCommitted = whenCommitted
        self.continuation = continuation
    }

    func run(_ db: Database) throws { value = try body(db) }

    func committed() {
        guard let value else { return failed(.failed("committed without a result")) }
        whenCommitted?()
        continuation.resume(returning: value)
    }

    func failed(_ fault: StoreFault) { continuation.resume(throwing: fault) }
}

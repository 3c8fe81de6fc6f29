import Dispatch
import GRDB
import Logging
import Relay

/// Commits everything that waits in one transaction, and wakes those who wait only after COMMIT has returned.
///
/// A sync costs the same for one row and for a hundred. While one group is being synced the next one gathers by
/// itself, so nobody ever waits for a timer: alone, an operation is committed at once; in a crowd, together.
///
/// All database work happens on the queue of the only connection that writes, and so do checkpoints.
final class GroupCommitter: Sendable {
    enum Urgency {
        /// Refused first when the writer cannot keep up.
        case append
        /// May use `StoreOptions.reserved` as well.
        case bookkeeping
    }

    let writer: DatabaseQueue
    private let options: StoreOptions
    private let logger: Logger
    private let handOver = HandOver()
    let log: WriteAheadLog

    init(writer: DatabaseQueue, options: StoreOptions, logger: Logger) {
        self.writer = writer
        self.options = options
        self.logger = logger
        log = WriteAheadLog(of: writer, options: options)
    }

    /// Operations that wait for the writer.
    var waiting: Int { handOver.waiting }

    /// Why nothing is taken any more.
    var shut: String? { handOver.shut }

    /// Runs `body` in a transaction, and returns when that is on stable storage.
    ///
    /// `body` may run twice: if a neighbour in its group fails, the group is rolled back and done one by one. So it
    /// must change nothing but the database. A refusal that writes nothing is better returned than thrown, since a
    /// throw costs the neighbours their shared transaction.
    /// - Parameter whenCommitted: Called on the writer's queue, before the callers of operations that come after this
    ///   one go on.
    /// - Throws: `StoreFault`.
    func perform<Value: Sendable>(
        _ urgency: Urgency, whenCommitted: (@Sendable () -> Void)? = nil,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let limit = urgency == .append ? options.maxWaiting : options.maxWaiting + options.reserved
        return try await withCheckedThrowingContinuation { continuation in
            let operation = Operation(body, whenCommitted: whenCommitted, continuation)
            switch handOver.offer(operation, limit: limit) {
            case .taken: break
            case .takenByIdleWriter: callWriter()
            case .refused(let fault): operation.failed(fault)
            }
        }
    }

    /// Takes nothing more, finishes what was taken, and returns when the writer's queue is empty.
    func close() async {
        handOver.shut(because: "it was closed")
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            writer.asyncWriteWithoutTransaction { db in
                self.work(db)
                // The connection's own close folds the log back.
                self.log.forget()
                done.resume()
            }
        }
    }

    private func callWriter() {
        writer.asyncWriteWithoutTransaction { self.work($0) }
    }

    private func work(_ db: Database) {
        while let group = handOver.next(atMost: options.maxGroup) {
            commit(group, db)
            if log.isDueWhenBusy { checkpoint(db) }
        }
        if log.isDueWhenQuiet { checkpointWhenQuiet() }
    }

    private func commit(_ group: [any PendingOperation], _ db: Database) {
        if let detail = handOver.abandoned { return fail(group, .passing(.closed(detail))) }
        do {
            try transaction(group, db)
            for operation in group { operation.committed() }
        } catch let failure as OperationFailure {
            // One of them must not cost the others their turn.
            commitOneByOne(group, failure.underlying, db)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            // What does not fit together may fit alone: an outcome is smaller than an order.
            commitOneByOne(group, error, db)
        } catch {
            fail(group, SQLiteFault(error))
        }
    }

    private func commitOneByOne(_ group: [any PendingOperation], _ error: any Error, _ db: Database) {
        guard group.count > 1 else { return fail(group, SQLiteFault(error)) }
        for operation in group { commit([operation], db) }
    }

    private func transaction(_ group: [any PendingOperation], _ db: Database) throws {
        try db.beginTransaction(.immediate)
        do {
            for operation in group {
                do { try operation.run(db) } catch { throw OperationFailure(underlying: error) }
            }
            try db.commit()
        } catch {
            // After SQLITE_FULL and its like SQLite may have rolled back by itself.
            if db.isInsideTransaction { try? db.rollback() }
            throw error
        }
    }

    private func fail(_ group: [any PendingOperation], _ fault: SQLiteFault) {
        if case .fatal(let detail) = fault { stop(detail) }
        for operation in group { operation.failed(fault.fault) }
    }

    func stop(_ detail: String) {
        logger.critical(
            "the store stops: what it acknowledged from here on would not be safe",
            metadata: ["error": "\(detail)"])
        for operation in handOver.abandon(detail) { operation.failed(.closed(detail)) }
    }

    private func checkpoint(_ db: Database) {
        do {
            try log.checkpoint(db)
        } catch {
            // A full disk is met again by the next append, which has somebody to tell.
            if case .fatal(let detail) = SQLiteFault(error) { return stop(detail) }
            logger.warning("the write-ahead log could not be checkpointed", metadata: ["error": "\(error)"])
        }
    }

    /// Waits a moment, so that a pause between two requests does not count as quiet.
    private func checkpointWhenQuiet() {
        guard log.claimQuietCheck() else { return }
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + WriteAheadLog.quiet) { [weak self] in
            guard let self else { return }
            writer.asyncWriteWithoutTransaction { db in
                self.log.releaseQuietCheck()
                if self.log.isDueWhenQuiet, self.waiting == 0 { self.checkpoint(db) }
            }
        }
    }
}

/// Tells the failure of an operation from that of BEGIN and COMMIT, which concern the whole group.
private struct OperationFailure: Error {
    let underlying: any Error
}

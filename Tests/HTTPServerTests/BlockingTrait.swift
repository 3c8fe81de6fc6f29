import Dispatch
import Testing

/// Runs tests on threads that may block. Clients here wait for bytes without suspending; on the cooperative pool, which
/// has a thread per core, two of them could keep the server's own `stop` from ever running.
struct BlockingTrait: SuiteTrait, TestTrait, TestScoping {
    private static let executor = BlockingExecutor()

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(Self.executor) { try await function() }
    }
}

extension Trait where Self == BlockingTrait {
    static var blocking: BlockingTrait { BlockingTrait() }
}

private final class BlockingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "test.blocking", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

import Dispatch

/// Runs the tasks given to it on one queue, and can tell when all of them have come to rest. Tests use it to know
/// that a task has reached its suspension, without sleeping.
final class SerialTaskExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "relay.tests")
    private let pending = Watched(0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pending.update { $0 += 1 }
        queue.async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
            self.pending.update { $0 -= 1 }
        }
    }

    /// Returns once every task of this executor has ended or waits for something.
    func untilIdle() async { await pending.until { $0 == 0 } }
}

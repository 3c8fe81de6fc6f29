import Dispatch
import Synchronization

// Is a lock of Swift's `Mutex` seen by the thread sanitizer? Four threads count to a sum under one lock: there is no
// race, so that every report is about the sanitizer. A wrong sum would be about `Mutex`.
let rounds = 100_000
let sum = Mutex(0)
DispatchQueue.concurrentPerform(iterations: 4) { _ in
    for _ in 0..<rounds {
        sum.withLock { sum in sum += 1 }
    }
}
let total = sum.withLock { $0 }
print(total == 4 * rounds ? "the sum is right" : "the sum is wrong: \(total)")

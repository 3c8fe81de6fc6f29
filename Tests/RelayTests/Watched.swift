import Synchronization

/// A value that tests change and wait for, so that no test needs to sleep.
final class Watched<Value: Sendable>: Sendable {
    private struct Waiter {
        let isMet: @Sendable (Value) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct Content {
        var value: Value
        var lastID = 0
        var waiters: [Int: Waiter] = [:]
    }

    private let content: Mutex<Content>

    init(_ value: Value) { content = Mutex(Content(value: value)) }

    var value: Value { content.withLock { $0.value } }

    @discardableResult
    func update<Result: Sendable>(_ change: (inout Value) throws -> Result) rethrows -> Result {
        let (result, met) = try content.withLock { content in
            let result = try change(&content.value)
            let value = content.value
            let met = content.waiters.filter { $0.value.isMet(value) }
            for id in met.keys { content.waiters[id] = nil }
            return (result, met.values.map(\.continuation))
        }
        for continuation in met { continuation.resume() }
        return result
    }

    /// Returns once the value meets the condition, or the task is cancelled, as it is when a test's time is up.
    func until(_ isMet: @escaping @Sendable (Value) -> Bool) async {
        let id = content.withLock { content in
            content.lastID += 1
            return content.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = content.withLock { content in
                    guard !isMet(content.value), !Task.isCancelled else { return false }
                    content.waiters[id] = Waiter(isMet: isMet, continuation: continuation)
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            content.withLock { $0.waiters.removeValue(forKey: id)?.continuation }?.resume()
        }
    }
}

/// Holds whoever comes until it is opened.
struct Gate: Sendable {
    private let isOpen = Watched(false)
    /// How many have come so far.
    let arrivals = Watched(0)

    func pass() async {
        arrivals.update { $0 += 1 }
        await isOpen.until { $0 }
    }

    func open() { isOpen.update { $0 = true } }
}

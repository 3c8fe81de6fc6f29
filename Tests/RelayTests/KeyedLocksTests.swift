import Relay
import Testing

@Suite("Locks per key", .timeLimit(.minutes(1)))
struct KeyedLocksTests {
    @Test("only one at a time holds a key")
    func mutualExclusion() async {
        let locks = KeyedLocks<String>()
        let inside = Watched((now: 0, most: 0))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    await locks.withLock("customer") {
                        inside.update {
                            $0.now += 1
                            $0.most = max($0.most, $0.now)
                        }
                        await Task.yield()
                        inside.update { $0.now -= 1 }
                    }
                }
            }
        }
        #expect(inside.value.most == 1)
    }

    @Test("different keys do not wait for each other")
    func differentKeys() async {
        let locks = KeyedLocks<String>()
        let reached = await locks.withLock("a") { await locks.withLock("b") { true } }
        #expect(reached)
    }

    @Test("who came first is served first")
    func firstComeFirstServed() async {
        let (locks, gate, order) = (KeyedLocks<String>(), Gate(), Tally())
        let executor = SerialTaskExecutor()
        var tasks = [Task(executorPreference: executor) { await locks.withLock("key") { await gate.pass() } }]
        await executor.untilIdle()
        for name in ["first", "second", "third", "fourth"] {
            tasks.append(Task(executorPreference: executor) { await locks.withLock("key") { order.note(name) } })
            await executor.untilIdle()
        }
        gate.open()
        for task in tasks { await task.value }
        #expect(order.names == ["first", "second", "third", "fourth"])
    }

    @Test("a key is free again after its holder threw")
    func freedByError() async throws {
        let locks = KeyedLocks<String>()
        await #expect(throws: Broken.self) { try await locks.withLock("key") { throw Broken() } }
        #expect(await locks.withLock("key") { true })
    }

    @Test("a cancelled waiter still gets its turn, and passes it on")
    func cancelledWaiter() async {
        let (locks, gate) = (KeyedLocks<String>(), Gate())
        let holder = Task { await locks.withLock("key") { await gate.pass() } }
        await gate.arrivals.until { $0 == 1 }
        let waiter = Task { await locks.withLock("key") { Task.isCancelled } }
        waiter.cancel()
        gate.open()
        #expect(await waiter.value)
        await holder.value
        #expect(await locks.withLock("key") { true })
    }

    @Test("no memory is left behind for a key that nobody holds")
    func noMemoryLeft() async {
        final class Key: Hashable, Sendable {
            static func == (left: Key, right: Key) -> Bool { true }
            func hash(into hasher: inout Hasher) {}
        }
        let locks = KeyedLocks<Key>()
        weak var remains: Key?
        func use() async {
            let key = Key()
            remains = key
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { await locks.withLock(key) { await Task.yield() } } }
            }
        }
        await use()
        #expect(remains == nil)
    }
}

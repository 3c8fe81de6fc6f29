import Testing

@testable import Relay

@Suite("Door bell", .timeLimit(.minutes(1)))
struct WakeUpTests {
    @Test("a ring before the wait is not lost")
    func ringFirst() async {
        let bell = WakeUp()
        bell.ring()
        await bell.wait()
    }

    @Test("a ring ends a wait")
    func waitFirst() async {
        let (bell, executor) = (WakeUp(), SerialTaskExecutor())
        let sleeper = Task(executorPreference: executor) { await bell.wait() }
        await executor.untilIdle()
        bell.ring()
        await sleeper.value
    }

    @Test("many rings before the sleeper looks count as one")
    func ringsCoalesce() async {
        let (bell, executor, woken) = (WakeUp(), SerialTaskExecutor(), Tally())
        for _ in 0..<3 { bell.ring() }
        let sleeper = Task(executorPreference: executor) {
            for _ in 0..<2 {
                await bell.wait()
                woken.note("woken")
            }
        }
        await executor.untilIdle()
        #expect(woken.names.count == 1)
        bell.ring()
        await sleeper.value
        #expect(woken.names.count == 2)
    }

    @Test("no ring is lost between a sleeper's rounds")
    func ringsUnderWay() async {
        let (bell, count) = (WakeUp(), Watched(0))
        let seen = Watched(0)
        let sleeper = Task {
            while seen.value < 1000 {
                await bell.wait()
                seen.update { $0 = count.value }
            }
        }
        for _ in 0..<1000 {
            count.update { $0 += 1 }
            bell.ring()
        }
        await sleeper.value
        #expect(seen.value == 1000)
    }
}

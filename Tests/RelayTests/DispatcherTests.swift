import Relay
import Testing

@Suite("Dispatcher", .timeLimit(.minutes(1)))
struct DispatcherTests {
    @Test("deliveries of one subject run one at a time, in order of arrival")
    func orderPerSubject() async throws {
        let tally = Tally()
        let station = Station { event, _ in
            tally.note("start \(event.id)")
            await Task.yield()
            tally.note("end \(event.id)")
            return nil
        }
        for number in 1...5 { try await station.post(number, subject: "order 1") }
        await station.whileRunning { await station.untilAllFinished() }
        #expect(tally.names == (1...5).flatMap { ["start \($0)", "end \($0)"] })
    }

    @Test("different subjects run side by side, up to the lane's limit")
    func limit() async throws {
        let gate = Gate()
        let inside = Watched((now: 0, most: 0))
        let station = Station(lanes: [Station.lane: 3]) { _, _ in
            inside.update {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            await gate.pass()
            inside.update { $0.now -= 1 }
            return nil
        }
        for number in 1...8 { try await station.post(number) }
        await station.whileRunning {
            await gate.arrivals.until { $0 == 3 }
            #expect(station.dispatcher.running == 3)
            gate.open()
            await station.untilAllFinished()
        }
        #expect(inside.value.most == 3)
        #expect(station.dispatcher.running == 0)
    }

    @Test("a slow lane does not hold another one")
    func slowLane() async throws {
        let gate = Gate()
        let station = Station(lanes: ["slow": 1, "fast": 1]) { event, _ in
            if event.subject == "slow" { await gate.pass() }
            return nil
        }
        let slow = try await station.post(1, subject: "slow", lanes: ["slow"])
        try await station.post(2, subject: "slow too", lanes: ["slow"])
        try await station.whileRunning {
            await gate.arrivals.until { $0 == 1 }
            for number in 3...6 { await station.until(try await station.post(number, lanes: ["fast"]), is: .done) }
            #expect(station.store.content.value.state(slow) == .running)
            gate.open()
            await station.untilAllFinished()
        }
    }

    @Test("an event that arrives while the lane is idle is taken up at once")
    func wakes() async throws {
        let station = Station()
        try await station.whileRunning {
            await station.clock.untilAsleep(2)
            await station.until(try await station.post(1), is: .done)
        }
        #expect(station.clock.now() == ManualClock.start)
    }

    @Test("a failed delivery is tried again when it is due, not before")
    func retry() async throws {
        let station = Station { _, steps in
            if steps.claim.failures == 0 { throw Broken() }
            return "SO-1"
        }
        let event = try await station.post(1)
        try await station.whileRunning {
            await station.until(event, is: .waiting)
            let due = try #require(station.store.content.value.row(event)?.dueAt)
            await station.clock.untilAsleep(until: due)
            station.clock.advance(to: due)
            await station.until(event, is: .done)
            let tries = station.store.content.value.claims.filter { $0.count == 1 }.map(\.now)
            #expect(tries == [ManualClock.start, due])
        }
        #expect(station.store.content.value.row(event)?.attempts.map(\.outcome.state) == [.waiting, .done])
    }

    @Test("a waiting delivery holds its subject, and nobody else")
    func waitingHolds() async throws {
        let station = Station { event, steps in
            if event.id == EventID(1), steps.claim.failures == 0 { throw Broken() }
            return nil
        }
        let first = try await station.post(1, subject: "order 1")
        let second = try await station.post(2, subject: "order 1")
        try await station.whileRunning {
            await station.until(first, is: .waiting)
            await station.until(try await station.post(3), is: .done)
            #expect(station.store.content.value.state(second) == .ready)
            await station.clock.turning { await station.untilAllFinished() }
        }
    }

    @Test("a parked delivery holds its subject, and nobody else")
    func parkedHolds() async throws {
        let station = Station { event, _ in
            if event.id == EventID(1) { throw Verdict.park("unknown-item", "No item X.") }
            return nil
        }
        let first = try await station.post(1, subject: "order 1")
        let second = try await station.post(2, subject: "order 1")
        try await station.whileRunning {
            await station.until(first, is: .parked)
            await station.until(try await station.post(3), is: .done)
        }
        #expect(station.store.content.value.state(second) == .ready)
    }

    @Test("a skipped delivery frees its subject")
    func skippedFrees() async throws {
        let station = Station { event, _ in
            if event.id == EventID(1) { throw Verdict.skip("test-order", "A test order.") }
            return nil
        }
        let first = try await station.post(1, subject: "order 1")
        try await station.post(2, subject: "order 1")
        await station.whileRunning { await station.untilAllFinished() }
        #expect(station.store.content.value.state(first) == .skipped)
    }

    @Test("the next delivery of a subject is taken up at once, in whatever lane it waits")
    func subjectAcrossLanes() async throws {
        let station = Station(lanes: ["a": 1, "b": 1])
        try await station.post(1, subject: "order 1", lanes: ["a", "b"])
        await station.whileRunning {
            await station.clock.untilAsleep(3)
            await station.untilAllFinished()
        }
        #expect(station.clock.now() == ManualClock.start)
    }

    @Test("a lane with no concurrency only collects")
    func collects() async throws {
        let station = Station(lanes: ["shut": 0, Station.lane: 1])
        let held = try await station.post(1, lanes: ["shut"])
        try await station.whileRunning { await station.until(try await station.post(2), is: .done) }
        #expect(station.store.content.value.state(held) == .ready)
        #expect(!station.store.content.value.claims.contains { $0.lane == "shut" })
    }

    @Test("waking a lane that does not exist does nothing")
    func unknownLane() { Station().dispatcher.wake(lane: "nowhere") }

    @Test("a finished delivery is told with its outcome and its time")
    func signals() async throws {
        let clock = Watched<ManualClock?>(nil)
        let station = Station { _, _ in
            clock.value?.advance(by: .milliseconds(250))
            return "SO-1"
        }
        clock.update { $0 = station.clock }
        let event = try await station.post(1)
        await station.whileRunning { await station.untilAllFinished() }
        let told = station.log.signals.value.compactMap { signal -> (EventID, Outcome, Duration)? in
            guard case .finished(let claim, let outcome, let took) = signal else { return nil }
            return (claim.event.id, outcome, took)
        }
        #expect(told.count == 1)
        #expect(told.first?.0 == event)
        #expect(told.first?.1 == .done(summary: "SO-1"))
        #expect(told.first?.2 == .milliseconds(250))
    }
}

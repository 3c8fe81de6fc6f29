import Foundation
import Testing

@testable import Relay

@Suite("Dispatcher: pauses, bulk work and clocks that are set", .timeLimit(.minutes(1)))
struct DispatcherPauseTests {
    private func pause(_ lane: String = Station.lane, until: Timestamp? = nil) -> LanePause {
        LanePause(lane: lane, since: ManualClock.start, until: until, by: "jane", why: "Stocktaking.")
    }

    private let act = OperatorAct(by: "joe", why: "Done.", at: ManualClock.start)

    @Test(
        "a paused lane hands out nothing until it is resumed, by its name or its destination's",
        arguments: [Station.lane, "dynamics"])
    func paused(name: String) async throws {
        let station = Station()
        try await station.whileRunning {
            try await station.dispatcher.pause(pause(name))
            await station.log.signals.until { $0.stops.count == 1 }
            let event = try await station.post(1)
            // The heartbeat and the lane, which has looked and gone back to sleep.
            await station.clock.untilAsleep(2)
            #expect(station.store.content.value.state(event) == .ready)
            #expect(station.dispatcher.standings.first?.stop == .paused(pause(name)))
            #expect(try await station.dispatcher.resume(name, act: act))
            await station.until(event, is: .done)
        }
        #expect(station.log.signals.value.stops == [.paused(pause(name)), nil])
        #expect(station.store.content.value.acts == [act])
        #expect(station.clock.now() == ManualClock.start)
    }

    @Test("deliveries at work when it is paused end normally")
    func running() async throws {
        let gate = Gate()
        let station = Station(lanes: [Station.lane: 1]) { _, _ in
            await gate.pass()
            return nil
        }
        let first = try await station.post(1)
        let second = try await station.post(2)
        try await station.whileRunning {
            await gate.arrivals.until { $0 == 1 }
            try await station.dispatcher.pause(pause())
            gate.open()
            await station.until(first, is: .done)
            await station.log.signals.until { $0.stops.count == 1 }
            #expect(station.store.content.value.state(second) == .ready)
        }
    }

    @Test("what was paused before a restart stays paused, even if the store cannot tell at first")
    func restart() async throws {
        let station = Station()
        try await station.store.pause(pause())
        station.store.fail(.pauses, times: 2)
        let event = try await station.post(1)
        try await station.whileRunning {
            await station.clock.turning { await station.log.signals.until { $0.stops.count == 1 } }
            #expect(station.store.content.value.claims.isEmpty)
            #expect(station.log.troubles.count == 2)
            try await station.dispatcher.resume(Station.lane, act: act)
            await station.until(event, is: .done)
        }
    }

    @Test("a pause with an end ends by itself")
    func ends() async throws {
        let station = Station()
        let end = ManualClock.start + .seconds(15)
        try await station.store.pause(pause(until: end))
        let event = try await station.post(1)
        await station.whileRunning {
            await station.clock.untilAsleep(until: end)
            station.clock.advance(to: end)
            await station.until(event, is: .done)
        }
        #expect(station.clock.now() == end)
    }

    @Test("a pause that another process made is noticed with the next heartbeat")
    func elsewhere() async throws {
        let station = Station()
        try await station.whileRunning {
            await station.clock.untilAsleep(2)
            try await station.store.pause(pause())
            station.clock.advance(by: Station.lease / 3)
            await station.log.signals.until { $0.stops.count == 1 }
        }
    }

    @Test("resuming what was not paused changes nothing, and says so")
    func notPaused() async throws {
        let station = Station()
        #expect(try await !station.dispatcher.resume(Station.lane, act: act))
        #expect(station.dispatcher.hasLane("dynamics"))
        #expect(station.dispatcher.hasLane(Station.lane))
        #expect(!station.dispatcher.hasLane("dynamics/Other"))
    }

    @Test("a window of the configuration pauses the lane, and its end wakes it")
    func window() async throws {
        // ManualClock.start is a Tuesday, 22:13:20 UTC.
        let window = ScheduleWindow(days: [.tue], from: 22 * 60, to: 2 * 60, timeZone: .gmt)
        let station = Station(calendar: LaneCalendar(pausedDuring: [window]))
        let event = try await station.post(1)
        let end = Timestamp("2023-11-15T02:00:00Z")
        await station.whileRunning {
            await station.clock.turning { await station.until(event, is: .done) }
        }
        #expect(station.store.content.value.claims.allSatisfy { $0.now >= end })
        #expect(station.log.signals.value.stops == [.scheduled(until: end), nil])
    }

    @Test("bulk deliveries take half of the lane at most, and live ones go before them")
    func bulk() async throws {
        let gate = Gate()
        let started = Tally()
        let station = Station(lanes: [Station.lane: 4]) { event, _ in
            started.note("\(event.id)")
            await gate.pass()
            return nil
        }
        for number in 1...6 {
            let event = try await station.post(number)
            station.store.content.update { content in
                for index in content.rows.indices where content.rows[index].event.id == event {
                    content.rows[index].isBulk = true
                }
            }
        }
        try await station.whileRunning {
            await gate.arrivals.until { $0 == 2 }
            #expect(started.names.sorted() == ["1", "2"])
            for number in 7...8 { try await station.post(number) }
            await gate.arrivals.until { $0 == 4 }
            #expect(started.names.suffix(2).sorted() == ["7", "8"])
            gate.open()
            await station.untilAllFinished()
        }
        #expect(station.clock.now() == ManualClock.start)
    }

    @Test("setting the clock hangs no lane", arguments: [-5, 5])
    func clockIsSet(hours: Int) async throws {
        let station = Station { _, steps in
            if steps.claim.failures == 0 { throw Broken() }
            return nil
        }
        let waiting = try await station.post(1)
        try await station.whileRunning {
            await station.until(waiting, is: .waiting)
            station.clock.jump(by: .seconds(hours * 3600))
            await station.clock.turning { await station.until(waiting, is: .done) }
            let later = try await station.post(2)
            await station.clock.turning { await station.until(later, is: .done) }
        }
    }

    @Test("a delivery at work is claimed once, whatever becomes of the clock", arguments: [-5, 5])
    func clockIsSetUnderLease(hours: Int) async throws {
        let gate = Gate()
        let station = Station { _, _ in
            await gate.pass()
            return nil
        }
        let event = try await station.post(1)
        await station.whileRunning {
            await gate.arrivals.until { $0 == 1 }
            await station.clock.untilAsleep(2)
            station.clock.jump(by: .seconds(hours * 3600))
            for _ in 1...3 {
                let beat = station.log.signals.value.count
                station.clock.advance(by: Station.lease / 3)
                await station.clock.untilAsleep(2)
                #expect(station.log.signals.value.count == beat)
            }
            gate.open()
            await station.until(event, is: .done)
        }
        #expect(station.store.content.value.row(event)?.attempt == 1)
        #expect(gate.arrivals.value == 1)
    }

    @Test("the dispatcher's clock follows jumps forward, and goes on at its pace after a jump back")
    func steady() {
        let base = ManualClock()
        let clock = SteadyClock(base)
        base.advance(by: .seconds(10))
        #expect(clock.now() == base.now())
        base.jump(by: .seconds(3600))
        #expect(clock.now() == base.now())
        base.jump(by: .seconds(-7200))
        #expect(clock.now() == ManualClock.start + .seconds(3610))
        base.advance(by: .seconds(5))
        #expect(clock.now() == ManualClock.start + .seconds(3615))
        base.jump(by: .seconds(7300))
        #expect(clock.now() == base.now())
    }
}

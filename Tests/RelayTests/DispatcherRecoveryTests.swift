import Relay
import Testing

@Suite("Dispatcher: leases, stops and a store in trouble", .timeLimit(.minutes(1)))
struct DispatcherRecoveryTests {
    /// Leaves a delivery running under another owner, as a killed process does.
    private func leaveBehind(_ station: Station) async throws -> EventID {
        let event = try await station.post(1)
        _ = try await station.store.claim(
            lane: Station.lane, limit: 1, bulkLimit: 1, owner: "killed", now: station.clock.now(),
            leaseUntil: station.clock.now() + Station.lease)
        return event
    }

    @Test("takes up at start what a killed process left, without counting it as a failure")
    func rescueAtStart() async throws {
        let station = Station()
        let event = try await leaveBehind(station)
        await station.whileRunning { await station.until(event, is: .done) }
        let row = try #require(station.store.content.value.row(event))
        #expect(row.attempt == 2)
        #expect(row.failures == 0)
        #expect(station.clock.now() == ManualClock.start)
    }

    @Test("a step that the killed process concluded is not repeated")
    func rememberedAcrossProcesses() async throws {
        let effects = Tally()
        let station = Station { _, steps in
            try await steps.once("write back") { effects.note("effect") }
            return nil
        }
        let event = try await leaveBehind(station)
        let lease = Lease(delivery: DeliveryID(1), attempt: 1, owner: "killed")
        try await station.store.conclude(
            lease, step: "write back", result: Array("true".utf8), link: nil, fingerprint: nil,
            at: station.clock.now())
        await station.whileRunning { await station.until(event, is: .done) }
        #expect(effects.names.isEmpty)
    }

    @Test("what a store in trouble did not let rescue at start is rescued when the trouble is over")
    func rescueLater() async throws {
        let station = Station()
        let event = try await leaveBehind(station)
        station.store.fail(.rescue, times: 3)
        // No further than the next try, so that no lease ends meanwhile, however slowly the work goes on.
        await station.whileRunning {
            await station.clock.turning(upTo: .seconds(1)) { await station.until(event, is: .done) }
        }
        #expect(station.log.troubles.count == 3)
        #expect(station.clock.now() < ManualClock.start + Station.lease)
    }

    @Test("a heartbeat prolongs the leases of running deliveries")
    func heartbeat() async throws {
        let gate = Gate()
        let station = Station { _, _ in
            await gate.pass()
            return nil
        }
        let event = try await station.post(1)
        await station.whileRunning {
            await gate.arrivals.until { $0 == 1 }
            for beat in 1...10 {
                let moment = ManualClock.start + Station.lease / 3 * beat
                // The heartbeat and the lane.
                await station.clock.untilAsleep(2)
                station.clock.advance(to: moment)
                await station.store.content.until { $0.row(event)?.leaseUntil == moment + Station.lease }
            }
            gate.open()
            await station.until(event, is: .done)
        }
        #expect(station.store.content.value.row(event)?.attempt == 1)
    }

    @Test("who lost the lease writes nothing, and says so")
    func fenced() async throws {
        let gate = Gate()
        let station = Station { _, _ in
            await gate.pass()
            return "late"
        }
        let event = try await station.post(1)
        await station.whileRunning {
            await gate.arrivals.until { $0 == 1 }
            station.store.steal(event, owner: "other")
            gate.open()
            await station.log.signals.until { !$0.lostLeases.isEmpty }
        }
        let row = try #require(station.store.content.value.row(event))
        #expect(row.state == .running)
        #expect(row.owner == "other")
        #expect(row.attempts.isEmpty)
    }

    @Test("stop claims nothing more, and waits for what is running")
    func stop() async throws {
        let gate = Gate()
        let station = Station(lanes: [Station.lane: 1]) { _, _ in
            await gate.pass()
            return nil
        }
        let first = try await station.post(1)
        let run = Task { await station.dispatcher.run() }
        await gate.arrivals.until { $0 == 1 }
        station.dispatcher.stop()
        let second = try await station.post(2)
        gate.open()
        await run.value
        #expect(station.store.content.value.state(first) == .done)
        #expect(station.store.content.value.state(second) == .ready)
        #expect(station.dispatcher.running == 0)
    }

    @Test("a dispatcher that was stopped before it ran returns at once")
    func stoppedBefore() async throws {
        let station = Station()
        try await station.post(1)
        station.dispatcher.stop()
        await station.dispatcher.run()
        #expect(station.store.content.value.claims.isEmpty)
    }

    @Test("a cancelled run leaves its deliveries running, for the next process to take up")
    func cancelled() async throws {
        let stopped = ManualClock()
        let station = Station { _, _ in
            try await stopped.sleep(until: .distantFuture)
            return nil
        }
        let event = try await station.post(1)
        let run = Task { await station.dispatcher.run() }
        await station.until(event, is: .running)
        run.cancel()
        await run.value
        let row = try #require(station.store.content.value.row(event))
        #expect(row.state == .running)
        #expect(row.attempts.isEmpty)

        let next = Station.dispatcher(
            station.store, station.clock, station.log, [Station.lane: LaneSettings(concurrency: 1)], "next"
        ) { _, _ in nil }
        let secondRun = Task { await next.run() }
        await station.until(event, is: .done)
        next.stop()
        await secondRun.value
    }

    @Test("a cancelled run returns at once, even when its lanes are asleep")
    func cancelledAsleep() async {
        let station = Station(lanes: ["a": 1, "b": 1])
        let run = Task { await station.dispatcher.run() }
        await station.clock.untilAsleep(3)
        run.cancel()
        await run.value
        #expect(station.clock.now() == ManualClock.start)
    }

    @Test(
        "a store that fails once ends nothing: the delivery is done in the end",
        arguments: [MemoryStore.Operation.claim, .finish, .extendLeases, .rescue, .nextDue, .steps])
    func storeThrows(operation: MemoryStore.Operation) async throws {
        let station = Station { _, steps in
            if steps.claim.lease.attempt == 1 { throw Broken() }
            return nil
        }
        let event = try await station.post(1)
        station.store.fail(operation)
        await station.whileRunning { await station.clock.turning { await station.until(event, is: .done) } }
    }

    @Test("a lane that cannot see what is next looks again soon, not with the next heartbeat")
    func nextDueRefused() async throws {
        let station = Station { _, steps in
            if steps.claim.failures == 0 { throw Broken() }
            return nil
        }
        let event = try await station.post(1)
        station.store.fail(.nextDue, times: 3)
        await station.whileRunning {
            await station.clock.untilAsleep(until: ManualClock.start + .seconds(1))
            await station.clock.turning { await station.until(event, is: .done) }
        }
    }

    @Test("a store that refuses claims is asked again after a while, not in a tight loop")
    func claimsRefused() async throws {
        let station = Station(lanes: [Station.lane: 1])
        let event = try await station.store.append(.order(1)).event
        station.store.fail(.claim, times: 3)
        await station.whileRunning {
            // The heartbeat and the lane.
            await station.clock.untilAsleep(2)
            #expect(station.store.content.value.claims.count == 1)
            await station.clock.turning { await station.until(event, is: .done) }
        }
        #expect(station.log.troubles.count == 3)
    }

    @Test("an outcome is written in the end, however long the store is in trouble")
    func finishRefused() async throws {
        let runs = Tally()
        let station = Station { _, _ in
            runs.note("run")
            return "SO-1"
        }
        let event = try await station.post(1)
        station.store.fail(.finish, times: 50)
        await station.whileRunning { await station.clock.turning { await station.until(event, is: .done) } }
        #expect(runs.names.count == 1)
    }

    @Test("a stop does not wait for ever for a store in trouble")
    func stopInTrouble() async throws {
        let station = Station()
        let event = try await station.post(1)
        station.store.fail(.finish, times: .max)
        let run = Task { await station.dispatcher.run() }
        await station.log.signals.until { $0.troubles.count == 1 }
        station.dispatcher.stop()
        await station.clock.turning { await run.value }
        #expect(station.store.content.value.state(event) == .running)
    }

    @Test("a lane whose hands are full still counts as moving")
    func fullLaneMoves() async throws {
        let gate = Gate()
        let station = Station(lanes: [Station.lane: 1]) { _, _ in
            await gate.pass()
            return nil
        }
        try await station.post(1)
        #expect(station.dispatcher.slowestRound == nil)
        await station.whileRunning {
            await gate.arrivals.until { $0 == 1 }
            #expect(station.dispatcher.slowestRound == ManualClock.start)
            // Two sleepers: the heartbeat and the lane.
            for beat in 1...5 {
                await station.clock.untilAsleep(2)
                station.clock.advance(to: ManualClock.start + Station.lease / 3 * beat)
            }
            await station.clock.untilAsleep(2)
            #expect(station.dispatcher.slowestRound == station.clock.now())
            gate.open()
            await station.untilAllFinished()
        }
    }
}

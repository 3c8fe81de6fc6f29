import Testing

@testable import Relay

@Suite("Calls to a destination", .timeLimit(.minutes(1)))
struct DestinationTests {
    private let clock = ManualClock()
    private let log = SignalLog()
    private let executor = SerialTaskExecutor()

    private func destination(_ change: (inout DestinationSettings) -> Void = { _ in }) -> Destination {
        var settings = DestinationSettings(
            concurrency: 2, breaker: .init(failures: 2, coolDown: .seconds(10)), longestQueueWait: .seconds(60))
        change(&settings)
        return Destination(name: "dynamics", settings: settings, clock: clock, observer: log)
    }

    private static let outage = CallResult.failed(.network, Reason(code: "away", message: "Away."), retryAfter: nil)

    private static func throttled(_ seconds: Int) -> CallResult {
        .failed(.throttled, Reason(code: "busy", message: "Busy."), retryAfter: .seconds(seconds))
    }

    private func open(_ destination: Destination) async throws {
        for _ in 0..<2 { destination.finished(try await destination.permit(), Self.outage) }
    }

    /// Starts a call in a task of its own, which has come to rest when this returns.
    private func begin(_ destination: Destination, _ role: CallRole = .work) async -> Task<CallPermit?, Never> {
        let task = Task(executorPreference: executor) { try? await destination.permit(for: role) }
        await executor.untilIdle()
        return task
    }

    @Test("waiting calls leave in the order in which they came")
    func firstComeFirstServed() async throws {
        let destination = destination { $0.concurrency = 1 }
        var permit = try await destination.permit()
        let order = Tally()
        var tasks: [Task<Void, any Error>] = []
        for number in 1...5 {
            tasks.append(
                Task(executorPreference: executor) {
                    let permit = try await destination.permit()
                    order.note("\(number)")
                    destination.finished(permit, .answered)
                })
            await executor.untilIdle()
        }
        #expect(destination.overview.waiting == 5)
        destination.finished(permit, .answered)
        for task in tasks { try await task.value }
        #expect(order.names == ["1", "2", "3", "4", "5"])
        permit = try await destination.permit()
        destination.finished(permit, .answered)
        #expect(destination.overview.inFlight == 0)
    }

    @Test("a call that waits for its turn too long is given up as held")
    func patience() async throws {
        let destination = destination { $0.concurrency = 1 }
        let permit = try await destination.permit()
        let waiting = Task { () async -> CallRefusal? in
            do throws(CallRefusal) {
                _ = try await destination.permit()
                return nil
            } catch {
                return error
            }
        }
        await clock.untilAsleep(1)
        clock.advance(by: .seconds(60))
        guard case .held = await waiting.value else { return #expect(Bool(false), "it was not held") }
        #expect(destination.overview.waiting == 0)
        destination.finished(permit, .answered)
    }

    @Test("a call whose task is cancelled leaves the queue, and the next one moves up")
    func cancelled() async throws {
        let destination = destination { $0.concurrency = 1 }
        let permit = try await destination.permit()
        let first = await begin(destination)
        let second = await begin(destination)
        first.cancel()
        #expect(await first.value == nil)
        destination.finished(permit, .answered)
        #expect(await second.value != nil)
    }

    @Test("when it opens, those who wait are given up at once instead of one after the other")
    func openingEmptiesTheQueue() async throws {
        let destination = destination()
        let first = try await destination.permit()
        let second = try await destination.permit()
        var waiting: [Task<CallPermit?, Never>] = []
        for _ in 0..<3 { waiting.append(await begin(destination)) }
        destination.finished(first, Self.outage)
        // The first of those who wait has left meanwhile, and fails too.
        let third = try #require(await waiting[0].value)
        destination.finished(second, Self.outage)
        destination.finished(third, Self.outage)
        for task in waiting.dropFirst() { #expect(await task.value == nil) }
        #expect(destination.overview.breaker == .open)
        #expect(destination.overview.waiting == 0)
        #expect(clock.now() == ManualClock.start)
    }

    @Test("a short pause is waited out, and not a moment less")
    func shortPause() async throws {
        let destination = destination()
        destination.finished(try await destination.permit(), Self.throttled(2))
        let waiting = Task { try? await destination.permit() }
        await clock.untilAsleep(1)
        clock.advance(by: .milliseconds(1999))
        await clock.untilAsleep(1)
        #expect(destination.overview.inFlight == 0)
        clock.advance(by: .milliseconds(1))
        #expect(await waiting.value != nil)
    }

    @Test("a wish for a long pause is kept by whoever calls", arguments: [CallRole.work, .signIn])
    func longPause(_ role: CallRole) async throws {
        let destination = destination()
        destination.finished(try await destination.permit(), Self.throttled(30))
        #expect(destination.hold == .seconds(30))
        #expect(destination.overview.heldUntil == ManualClock.start + .seconds(30))
        await #expect(throws: CallRefusal.self) { try await destination.permit(for: role) }
        clock.advance(by: .seconds(30))
        #expect(destination.hold == nil)
        destination.finished(try await destination.permit(for: role), .answered)
    }

    @Test("setting the clock makes no pause shorter or longer", arguments: [-6, 6])
    func clockJumps(hours: Int) async throws {
        let destination = destination()
        destination.finished(try await destination.permit(), Self.throttled(30))
        clock.jump(by: .seconds(hours * 3600))
        #expect(destination.hold == .seconds(30))
        clock.advance(by: .seconds(29))
        #expect(destination.hold == .seconds(1))
        clock.advance(by: .seconds(1))
        #expect(destination.hold == nil)
    }

    @Test("a call for a token goes past those who wait")
    func signInGoesPast() async throws {
        let destination = destination { $0.concurrency = 1 }
        let permit = try await destination.permit()
        let waiting = await begin(destination)
        destination.finished(try await destination.permit(for: .signIn), .answered)
        #expect(destination.overview.waiting == 1)
        destination.finished(permit, .answered)
        #expect(await waiting.value != nil)
    }

    @Test("the pace is kept by those who wait")
    func pace() async throws {
        let destination = destination {
            $0.concurrency = 100
            $0.callsPerSecond = 1
        }
        let seconds = Watched<[Int64]>([])
        // Those who are not first in the queue have alarms, too: the ends of their patience, which lie far ahead.
        await clock.turning(upTo: .seconds(1)) {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        guard let permit = try? await destination.permit() else { return }
                        seconds.update { $0.append((clock.now() - ManualClock.start).components.seconds) }
                        destination.finished(permit, .answered)
                    }
                }
            }
        }
        let times = seconds.value
        #expect(times.count == 5)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 > $0 }, "\(times)")
    }

    @Test("every change is told with the destination's name, and listeners are rung")
    func tells() async throws {
        let destination = destination()
        let rings = Watched(0)
        destination.whenChanged { rings.update { $0 += 1 } }
        try await open(destination)
        clock.advance(by: .seconds(10))
        destination.finished(try await destination.permit(), .answered)
        let told = log.signals.value.compactMap { signal -> DestinationChange? in
            guard case .destination("dynamics", let change) = signal else { return nil }
            return change
        }
        #expect(
            told == [
                .opened(Reason(code: "away", message: "Away."), wait: .seconds(10)), .probing, .closed,
            ])
        #expect(rings.value == 3)
    }

    @Test("shows how it stands")
    func overview() async throws {
        let destination = destination()
        try await open(destination)
        let overview = destination.overview
        #expect(overview.name == "dynamics")
        #expect(overview.breaker == .open)
        #expect(overview.reason?.code == "away")
        #expect(overview.heldUntil == ManualClock.start + .seconds(10))
        #expect(overview.limit == 1)
        #expect(overview.concurrency == 2)
        #expect(overview.tally.calls == 2)
    }
}

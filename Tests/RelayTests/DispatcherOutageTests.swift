import Testing

@testable import Relay

@Suite("Dispatcher: destinations in trouble", .timeLimit(.minutes(1)))
struct DispatcherOutageTests {
    static let settings = DestinationSettings(
        concurrency: 4,
        breaker: .init(failures: 3, coolDown: .seconds(100), longestCoolDown: .seconds(400)))

    /// A platform that a test takes away and brings back. Every delivery makes one call.
    private final class Platform: Sendable {
        let answer = Watched(CallResult.answered)
        let calls = Watched<[(at: Timestamp, delivery: DeliveryID)]>([])
        let destination = Watched<Destination?>(nil)

        static func failing(_ kind: FailureKind, retryAfter: Duration? = nil) -> CallResult {
            .failed(kind, Reason(code: "away", message: "Away."), retryAfter: retryAfter)
        }

        func call(_ steps: Steps, _ clock: ManualClock) async throws {
            guard let destination = destination.value else { return }
            let permit: CallPermit
            do {
                permit = try await destination.permit()
            } catch {
                throw Fault(failureKind: .held)
            }
            calls.update { $0.append((clock.now(), steps.claim.lease.delivery)) }
            let answer = answer.value
            destination.finished(permit, answer)
            if case .failed(let kind, _, let retryAfter) = answer {
                throw Fault(failureKind: kind, retryAfter: retryAfter)
            }
        }
    }

    private struct Fault: DeliveryFault {
        var failureKind: FailureKind
        var retryAfter: Duration?
        var destination: String? { "dynamics" }
        var reason: Reason { Reason(code: "away", message: "Away.") }
    }

    private func station(_ platform: Platform, concurrency: Int = 4) -> Station {
        let clock = Watched<ManualClock?>(nil)
        let station = Station(lanes: [Station.lane: concurrency], destination: Self.settings) { _, steps in
            if let clock = clock.value { try await platform.call(steps, clock) }
            return nil
        }
        clock.update { $0 = station.clock }
        platform.destination.update { $0 = station.destinations.first }
        return station
    }

    @Test("an outage costs no more attempts than it takes to notice it, and all is delivered afterwards")
    func outage() async throws {
        let platform = Platform()
        platform.answer.update { $0 = Platform.failing(.network) }
        let station = station(platform)
        for number in 1...40 { try await station.post(number) }
        await station.whileRunning {
            await station.log.signals.until { $0.changes.contains { $0.isOpening } }
            await station.store.content.until { content in !content.rows.contains { $0.state == .running } }
            let before = station.store.content.value.claims.reduce(0) { $0 + $1.count }
            // Three probes in vain: one claim each.
            for opening in 2...4 {
                await station.clock.turning {
                    await station.log.signals.until { $0.changes.count { $0.isOpening } == opening }
                }
            }
            await station.store.content.until { content in !content.rows.contains { $0.state == .running } }
            #expect(station.store.content.value.claims.reduce(0) { $0 + $1.count } == before + 3)
            #expect(station.store.content.value.rows.reduce(0) { $0 + $1.failures } < 3)
            platform.answer.update { $0 = .answered }
            await station.clock.turning { await station.untilAllFinished() }
        }
        #expect(station.store.content.value.rows.allSatisfy { $0.failures < 3 && $0.state == .done })
        #expect(station.log.signals.value.changes.last == .closed)
    }

    @Test("while it is open, nothing is claimed, and the next probe comes when the cool-down is over")
    func probe() async throws {
        let platform = Platform()
        platform.answer.update { $0 = Platform.failing(.unavailable) }
        let station = station(platform, concurrency: 1)
        for number in 1...5 { try await station.post(number) }
        await station.whileRunning {
            await station.log.signals.until { $0.changes.contains { $0.isOpening } }
            let opened = station.clock.now()
            await station.clock.turning { await platform.calls.until { $0.count == 4 } }
            #expect(platform.calls.value[3].at >= opened + .seconds(100))
            platform.answer.update { $0 = .answered }
            await station.clock.turning { await station.untilAllFinished() }
        }
    }

    @Test("a record whose calls alone fail is counted, and ends with a person")
    func poison() async throws {
        let destination = Watched<Destination?>(nil)
        let station = Station(lanes: [Station.lane: 1], destination: Self.settings) { event, _ in
            guard let destination = destination.value else { return nil }
            let permit = try await destination.permit()
            guard event.subject == "poison" else {
                destination.finished(permit, .answered)
                return nil
            }
            destination.finished(permit, Platform.failing(.timeout))
            throw Fault(failureKind: .timeout)
        }
        destination.update { $0 = station.destinations.first }
        let poison = try await station.post(1, subject: "poison")
        try await station.whileRunning {
            var number = 1
            while station.store.content.value.state(poison) != .parked {
                let tries = station.store.content.value.row(poison)?.attempts.count ?? 0
                await station.clock.turning {
                    await station.store.content.until { ($0.row(poison)?.attempts.count ?? 0) > tries }
                }
                number += 1
                await station.until(try await station.post(number), is: .done)
            }
        }
        #expect(station.store.content.value.row(poison)?.failures ?? 0 > 10)
        #expect(!station.log.signals.value.changes.contains { $0.isOpening })
    }

    @Test("429 is never counted, and no call leaves before the pause is over")
    func throttled() async throws {
        let platform = Platform()
        platform.answer.update { $0 = Platform.failing(.throttled, retryAfter: .seconds(30)) }
        let station = station(platform)
        for number in 1...10 { try await station.post(number) }
        await station.whileRunning {
            for round in 1...3 {
                await station.clock.turning {
                    await station.log.signals.until { $0.changes.count { $0 == .held(wait: .seconds(30)) } == round }
                }
            }
            platform.answer.update { $0 = .answered }
            await station.clock.turning { await station.untilAllFinished() }
        }
        #expect(station.store.content.value.rows.allSatisfy { $0.failures == 0 })
        let moments = Set(platform.calls.value.map(\.at)).sorted()
        #expect(zip(moments, moments.dropFirst()).prefix(3).allSatisfy { $1 - $0 >= .seconds(30) })
    }

    @Test("a refused sign-in holds all records at once, and counts for none")
    func signIn() async throws {
        let isRefused = Watched(true)
        let station = Station(lanes: [Station.lane: 1], destination: Self.settings) { _, _ in
            if isRefused.value { throw Fault(failureKind: .signInRefused) }
            return nil
        }
        for number in 1...5 { try await station.post(number) }
        await station.whileRunning {
            await station.log.signals.until { $0.changes.contains { $0.isOpening } }
            await station.store.content.until { $0.rows.first?.state == .waiting }
            #expect(station.store.content.value.claims.reduce(0) { $0 + $1.count } == 1)
            isRefused.update { $0 = false }
            await station.clock.turning { await station.untilAllFinished() }
        }
        #expect(station.store.content.value.rows.allSatisfy { $0.failures == 0 })
    }

    @Test("one destination's trouble holds nobody else's lane")
    func otherDestination() async throws {
        let platform = Platform()
        platform.answer.update { $0 = Platform.failing(.network) }
        let station = Station(
            lanes: [Station.lane: 2, "commerce/Scripted": 2], destination: Self.settings
        ) { event, steps in
            if event.subject == "away" { try await platform.call(steps, ManualClock()) }
            return nil
        }
        platform.destination.update { $0 = station.destinations.first }
        for number in 1...3 { try await station.post(number, subject: "away") }
        try await station.whileRunning {
            for number in 10...20 {
                await station.until(try await station.post(number, lanes: ["commerce/Scripted"]), is: .done)
            }
        }
    }
}

extension [RelaySignal] {
    var changes: [DestinationChange] {
        compactMap { if case .destination(_, let change) = $0 { change } else { nil } }
    }
    var stops: [LaneStop?] { compactMap { if case .lane(_, let stop) = $0 { .some(stop) } else { nil } } }
}

extension DestinationChange {
    var isOpening: Bool { if case .opened = self { true } else { false } }
}

import Testing

@testable import Relay

@Suite("Dispatcher: pauses that destinations asked for, over a restart", .timeLimit(.minutes(1)))
struct DispatcherHoldTests {
    private static let settings = DestinationSettings(longestRetryAfter: .seconds(600))

    private static func asked(_ seconds: Int) -> CallResult {
        .failed(.throttled, Reason(code: "busy", message: "Busy."), retryAfter: .seconds(seconds))
    }

    /// Of a call that left before the first pause: nobody gets one in it.
    private static let permit = CallPermit(role: .signIn, delivery: nil, era: 0, jam: 0)

    /// A pause of 300 s that an earlier process was asked for, this long ago.
    private func hold(
        ago: Duration, wallAgo: Duration? = nil, boot: String? = "a boot", for wait: Duration = .seconds(300)
    ) -> DestinationHold {
        let clock = ManualClock()
        return DestinationHold(
            destination: "dynamics", since: clock.now() + (.zero - (wallAgo ?? ago)),
            sinceUptime: clock.uptime() - ago, boot: boot, wait: wait)
    }

    @Test("what a destination asks for is written down, and a longer pause takes the place of a shorter one")
    func written() async throws {
        let station = Station(destination: Self.settings)
        let destination = try #require(station.destinations.first)
        await station.whileRunning {
            for (asked, kept) in [(20, 20), (60, 60), (30, 60)] {
                destination.finished(Self.permit, Self.asked(asked))
                await station.store.content.until { $0.holds.first?.wait == .seconds(kept) }
            }
        }
        let hold = try #require(station.store.content.value.holds.first)
        #expect(hold == self.hold(ago: .zero, for: .seconds(60)))
    }

    @Test("what the store did not take is written down when the trouble is over, as what is left then")
    func writtenLater() async throws {
        let station = Station(destination: Self.settings)
        let destination = try #require(station.destinations.first)
        station.store.fail(.remember)
        await station.whileRunning {
            destination.finished(Self.permit, Self.asked(20))
            await station.clock.untilAsleep(until: ManualClock.start + .seconds(1))
            station.clock.advance(by: .seconds(1))
            await station.store.content.until { !$0.holds.isEmpty }
        }
        #expect(station.log.troubles.count == 1)
        #expect(station.store.content.value.holds.first?.wait == .seconds(19))
    }

    @Test("a pause that an earlier process was asked for holds to its end, even if the store cannot tell at first")
    func restored() async throws {
        let station = Station(destination: Self.settings)
        station.store.content.update { $0.holds = [hold(ago: .seconds(100))] }
        station.store.fail(.holds, times: 2)
        let event = try await station.post(1)
        await station.whileRunning { await station.clock.turning { await station.until(event, is: .done) } }
        let first = try #require(station.store.content.value.claims.first)
        #expect(first.now >= ManualClock.start + .seconds(200))
        #expect(station.log.troubles.count == 2)
    }

    @Test("one that is over, or of a destination that is no more, holds nothing")
    func over() async throws {
        let station = Station(destination: Self.settings)
        var other = hold(ago: .zero)
        other.destination = "elsewhere"
        station.store.content.update { $0.holds = [hold(ago: .seconds(300)), other] }
        let event = try await station.post(1)
        await station.whileRunning { await station.until(event, is: .done) }
        #expect(station.clock.now() == ManualClock.start)
    }

    @Test(
        "what is left goes by the clock that never jumps within a boot, else by the wall clock; never more than asked",
        arguments: [
            (Duration.seconds(100), Duration.seconds(100), "a boot" as String?, Duration.seconds(200)),
            (.seconds(100), .seconds(18_000), "a boot", .seconds(200)),
            (.seconds(100), .seconds(-18_000), "a boot", .seconds(200)),
            (.seconds(100), .seconds(250), "another", .seconds(50)),
            (.seconds(100), .seconds(250), nil, .seconds(50)),
            (.seconds(100), .seconds(-18_000), "another", .seconds(300)),
        ])
    func left(ago: Duration, wallAgo: Duration, boot: String?, left: Duration) {
        #expect(hold(ago: ago, wallAgo: wallAgo, boot: boot).left(ManualClock()) == left)
    }

    @Test("none holds longer than the longest pause that is kept")
    func longest() {
        let destination = Destination(name: "dynamics", settings: Self.settings, clock: ManualClock())
        destination.hold(for: .seconds(86_400))
        #expect(destination.hold == .seconds(600))
    }
}

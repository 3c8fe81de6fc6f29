import Relay
import Synchronization
import Testing

@testable import Gateway

private let cause = "parked:dynamics/OrderToSalesOrder:d365-validation"

@Suite("The watch over alerts")
struct AlertWatchTests {
    @Test("tells of parked deliveries once, and once when they are gone")
    func parked() async {
        let stage = AlertStage()
        stage.park(3)
        await stage.round()
        #expect(stage.channels[0].told == [])
        for _ in 1...5 { await stage.round(after: .seconds(30)) }
        #expect(stage.channels[0].told == ["raised \(cause)"])
        stage.park(0)
        for _ in 1...5 { await stage.round(after: .seconds(30)) }
        #expect(stage.channels[0].told == ["raised \(cause)", "resolved \(cause)"])
        #expect(stage.memory.causes == [])
    }

    @Test("is quiet after a restart about what is known")
    func restart() async {
        let stage = AlertStage()
        stage.park(3)
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        let next = stage.restarted(after: .seconds(600))
        for _ in 1...5 { await next.round(after: .seconds(30)) }
        #expect(stage.channels[0].told == ["raised \(cause)"])
    }

    @Test("notices after a restart what was mended meanwhile, and tells it once")
    func recoveryDuringStop() async {
        let stage = AlertStage()
        stage.park(3)
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        stage.park(0)
        let next = stage.restarted(after: .seconds(600))
        for _ in 1...5 { await next.round(after: .seconds(30)) }
        let last = next.restarted(after: .seconds(600))
        for _ in 1...5 { await last.round(after: .seconds(30)) }
        #expect(stage.channels[0].told == ["raised \(cause)", "resolved \(cause)"])
    }

    @Test("a channel that could not be reached before the restart hears of it afterwards, the others don't")
    func restartWithDebt() async {
        let (up, down) = (RecordingChannel("up"), RecordingChannel("down"))
        let stage = AlertStage(channels: [up, down])
        down.fail(1)
        stage.park(1)
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        #expect((up.told.count, down.told.count) == (1, 0))
        let next = stage.restarted(after: .seconds(5))
        await next.round()
        #expect((up.told.count, down.told.count) == (1, 1))
    }

    @Test("a channel that is down holds up no other, and hears the state as it is when it is back")
    func channelDown() async {
        let (up, down) = (RecordingChannel("up"), RecordingChannel("down"))
        let stage = AlertStage(channels: [up, down])
        down.fail(3)
        stage.park(1)
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        stage.park(1, code: "unknown-item")
        for _ in 1...10 { await stage.round(after: .seconds(30)) }
        #expect(up.told.count == 3)
        #expect(down.told == ["raised parked:dynamics/OrderToSalesOrder:unknown-item"])
    }

    @Test("a notice that may have arrived is told again while it holds, and its end if it no longer does")
    func unclear() async {
        for isMended in [false, true] {
            let stage = AlertStage(settle: .zero)
            stage.channels[0].fail(1, AlertSendFailure("interrupted", outcomeIsUnclear: true))
            stage.park(1)
            await stage.round()
            #expect(stage.channels[0].attempts == 1)
            if isMended { stage.park(0) }
            let next = stage.restarted(after: .seconds(30), settle: .zero)
            for _ in 1...2 { await next.round(after: .seconds(30)) }
            #expect(stage.channels[0].told == [isMended ? "resolved \(cause)" : "raised \(cause)"])
        }
    }

    @Test("a failing channel is asked at growing distances, and counted")
    func backoff() async {
        let stage = AlertStage()
        stage.channels[0].fail(1000)
        stage.park(1)
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        for _ in 1...360 { await stage.round(after: .seconds(10)) }
        #expect((8...12).contains(stage.channels[0].attempts), "\(stage.channels[0].attempts) in an hour")
        let text = stage.metrics.registry.text()
        #expect(text.contains(#"causeway_alert_notices_total{channel="test",outcome="failed"}"#))
        #expect(text.contains(#"causeway_alerts_raised_total{kind="parked"} 1"#))
        #expect(text.contains(#"causeway_alerts_standing{kind="parked"} 1"#))
    }

    @Test("waits as long as a receiver asks for, up to an hour", arguments: [(120, 120), (100_000, 3600)])
    func retryAfter(_ asked: Int, _ waited: Int) async {
        let stage = AlertStage(settle: .zero)
        stage.channels[0].fail(1, AlertSendFailure("busy", retryAfter: .seconds(asked)))
        stage.park(1)
        await stage.round()
        await stage.round(after: .seconds(waited - 1))
        #expect(stage.channels[0].attempts == 1)
        await stage.round(after: .seconds(1))
        #expect(stage.channels[0].told == ["raised \(cause)"])
    }

    @Test("waits 10 seconds after a failure, then longer, up to a quarter of an hour")
    func waits() {
        #expect([1, 2, 3, 7, 8, 1000].map(AlertCourier.wait) == [10, 20, 40, 640, 900, 900].map { .seconds($0) })
    }

    @Test("tells that the store is in trouble although it can't be written to, and takes nothing for mended")
    func storeDown() async {
        let stage = AlertStage()
        stage.park(2)
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        stage.memory.fail(.full("no space"))
        stage.store.with { $0.fault = .full("no space") }
        for _ in 1...5 { await stage.round(after: .seconds(30)) }
        #expect(stage.channels[0].told == ["raised \(cause)", "raised store"])
        stage.store.with { $0.fault = nil }
        stage.memory.fail(nil)
        for _ in 1...3 { await stage.round(after: .seconds(30)) }
        #expect(stage.channels[0].told.last == "resolved store")
        #expect(stage.memory.causes == [cause])
    }

    @Test("tells of other trouble although the store does not answer, and asks it once")
    func storeHangs() async {
        let (wait, end) = AsyncStream.makeStream(of: Void.self)
        let stage = AlertStage(settle: .zero)
        stage.park(2)
        await stage.round()
        stage.store.with { $0.lanesWait = wait }
        let next = stage.restarted(settle: .zero, patience: .milliseconds(1))
        for _ in 1...20 { next.signals.refused("commerce") }
        for _ in 1...3 { await next.round(after: .seconds(15)) }
        #expect(stage.channels[0].told == ["raised \(cause)", "raised signatureFailures:commerce"])
        end.finish()
    }

    @Test("raises nothing before it knows what was known")
    func memoryUnreadable() async {
        let stage = AlertStage(settle: .zero)
        stage.memory.fail(.failed("busy"))
        stage.park(1)
        for _ in 1...3 { await stage.round(after: .seconds(30)) }
        #expect(stage.channels[0].told == [])
        stage.memory.fail(nil)
        await stage.round(after: .seconds(30))
        #expect(stage.channels[0].told == ["raised \(cause)"])
    }

    @Test("does not wait for ever to know what was known")
    func memoryGone() async {
        let stage = AlertStage(settle: .zero)
        stage.memory.fail(.failed("gone"))
        stage.park(1)
        for _ in 1...AlertWatch.maxRecalls { await stage.round(after: .seconds(30)) }
        #expect(stage.channels[0].told == ["raised \(cause)"])
    }

    @Test("writes nothing to the store while nothing changes")
    func writes() async {
        let stage = AlertStage()
        stage.park(1)
        for _ in 1...3 { await stage.round(after: .seconds(30)) }
        let writes = stage.memory.writes
        for _ in 1...20 { await stage.round(after: .seconds(30)) }
        #expect(stage.memory.writes == writes)
    }

    @Test("counts a source's silence from its last event, also across a restart")
    func silence() async {
        var rules = AlertRules()
        rules.silence = ["commerce": .seconds(3600), "dynamics": .seconds(3600)]
        rules.parked = false
        let clock = HandClock()
        let store = FakeStore()
        store.with { $0.events = [.parked(id: 1, at: clock.now() + .seconds(-3000))] }
        let stage = AlertStage(store: store, clock: clock, rules: rules)
        await stage.round(after: .seconds(590))
        #expect(stage.channels[0].told == [])
        await stage.round(after: .seconds(20))
        #expect(stage.channels[0].told == ["raised silence:commerce"], "of dynamics nothing is known but the start")
        stage.signals.arrived("commerce", at: clock.now())
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        #expect(stage.channels[0].told.last == "resolved silence:commerce")
    }

    @Test("tells an open breaker, that it stays open for an hour, and its end")
    func breaker() async {
        let isOpen = Atomic(true)
        let stage = AlertStage(breakers: {
            [("dynamics", isOpen.load(ordering: .relaxed), "503"), ("commerce", false, "")]
        })
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        await stage.round(after: .seconds(3600))
        isOpen.store(false, ordering: .relaxed)
        for _ in 1...2 { await stage.round(after: .seconds(30)) }
        #expect(
            stage.channels[0].told == [
                "raised breaker:dynamics", "worse breaker:dynamics", "resolved breaker:dynamics",
            ])
    }

    @Test("shows what stands, the most serious first")
    func standing() async {
        let stage = AlertStage(settle: .zero)
        stage.park(1)
        for _ in 1...21 { stage.signals.refused("commerce") }
        await stage.round()
        #expect(await stage.watch.standing.map(\.alert.kind) == [.parked, .signatureFailures])
    }

    @Test("stops at once when it is cancelled", .timeLimit(.minutes(2)))
    func cancelled() async {
        let stage = AlertStage()
        let channels = AlertChannels([stage.channels[0]])
        let alerts = Alerts(
            AlertSettings(), channels: channels,
            senses: AlertSenses(
                inspection: stage.store,
                readiness: Readiness(inspection: stage.store, clock: stage.clock, dispatcher: { .off }),
                signals: stage.signals),
            memory: stage.memory, clock: SystemClock(), metrics: AlertMetrics(factory: stage.metrics.registry),
            logger: quiet)
        let running = Task { await alerts.run() }
        running.cancel()
        await running.value
    }
}

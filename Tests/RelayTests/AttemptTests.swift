import Testing

@testable import Relay

@Suite("Verdict on one attempt", .timeLimit(.minutes(1)))
struct AttemptTests {
    static let schedule = RetrySchedule(firstWait: .seconds(10), giveUpAfter: .seconds(25))
    private let store = MemoryStore()
    private let clock = ManualClock()

    private func run(
        failures: Int = 0, jitter: Double = 0, knowsFlow: Bool = true,
        _ script: @escaping @Sendable (StoredEvent, Steps) async throws -> String?
    ) async -> (Outcome, AttemptRecord)? {
        let event = StoredEvent(
            id: EventID(1), source: "commerce", kind: "order", subject: "order 1", receivedAt: clock.now(), body: [])
        let claim = Claim(
            lease: Lease(delivery: DeliveryID(1), attempt: failures + 1, owner: "me"), event: event,
            route: .scripted(), failures: failures)
        let attempt = Attempt(
            claim: claim, flow: knowsFlow ? ScriptedFlow(script) : nil, rules: RetryRules(schedule: Self.schedule),
            destinations: [:], clock: clock, redactor: ContentFreeRedactor(), jitter: jitter)
        return await attempt.run {
            Steps(
                claim: claim, history: try await store.steps(of: claim.lease.delivery), memory: store, links: store,
                locks: KeyedLocks(), clock: clock, observer: SilentObserver())
        }
    }

    @Test("a flow that gives up although nobody asked it to is tried again, not left behind")
    func cancelledByItself() async {
        #expect(await run { _, _ in throw CancellationError() }?.0.state == .waiting)
    }

    @Test("a flow that ends is done, with its summary", arguments: ["SO-004512", nil])
    func done(summary: String?) async {
        #expect(await run { _, _ in summary }?.0 == .done(summary: summary))
    }

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let fault: any Error
        var failures = 0
        let outcome: Outcome
    }

    static func due(_ seconds: Int) -> Timestamp { ManualClock.start + .seconds(seconds) }
    static let busy = Reason(code: "busy", message: "Busy.")

    @Test(
        "what was thrown decides what becomes of the delivery",
        arguments: [
            Row(
                testDescription: "park", fault: Verdict.park("unknown-item", "No item X.", advice: "Create it."),
                outcome: .parked(Reason(code: "unknown-item", message: "No item X.", advice: "Create it."))),
            Row(
                testDescription: "skip", fault: Verdict.skip("test-order", "A test order."),
                outcome: .skipped(Reason(code: "test-order", message: "A test order."))),
            Row(
                testDescription: "retry by the schedule", fault: Verdict.retry("busy", "Busy."),
                outcome: .retry(at: due(10), busy)),
            Row(
                testDescription: "the second failure waits longer", fault: Verdict.retry("busy", "Busy."),
                failures: 1, outcome: .retry(at: due(20), busy)),
            Row(
                testDescription: "retry when the destination asks",
                fault: Verdict.retry("busy", "Busy.", after: .seconds(30)),
                outcome: .retry(at: due(30), busy)),
            Row(
                testDescription: "an unforeseen error is retried", fault: Broken(),
                outcome: .retry(at: due(10), Reason(code: "unexpected", message: "Unexpected failure: Broken()"))),
            Row(
                testDescription: "a used-up schedule parks and says so", fault: Verdict.retry("busy", "Busy."),
                failures: 2,
                outcome: .parked(
                    Reason(
                        code: "busy", message: "Busy. Tried 3 times; the retry schedule is used up.",
                        advice: "Mend the cause, then replay the event."))),
            Row(
                testDescription: "Retry-After does not prolong a used-up schedule",
                fault: Verdict.retry("busy", "Busy.", after: .seconds(30)), failures: 2,
                outcome: .parked(
                    Reason(
                        code: "busy", message: "Busy. Tried 3 times; the retry schedule is used up.",
                        advice: "Mend the cause, then replay the event."))),
        ])
    func verdicts(_ row: Row) async {
        #expect(await run(failures: row.failures) { _, _ in throw row.fault }?.0 == row.outcome)
    }

    @Test("jitter moves the next try")
    func jitter() async {
        let outcome = await run(jitter: -1) { _, _ in throw Broken() }?.0
        guard case .retry(let moment, _) = outcome else { return #expect(Bool(false), "\(outcome as Any)") }
        #expect(moment == Self.due(8))
    }

    @Test("a delivery of a flow that this version does not know is parked")
    func unknownFlow() async {
        let outcome = await run(knowsFlow: false) { _, _ in nil }?.0
        #expect(outcome?.state == .parked)
        #expect(outcome?.reason?.code == "unknown-flow")
        #expect(outcome?.reason?.message.contains("Scripted") == true)
    }

    @Test("a store that cannot read earlier steps makes it a retry")
    func stepsUnreadable() async {
        store.fail(.steps)
        let outcome = await run { _, _ in "never" }?.0
        #expect(outcome?.state == .waiting)
    }

    @Test("nothing is written after the lease was lost")
    func leaseLost() async {
        let ended = await run { _, steps in throw LeaseLost(lease: steps.claim.lease) }
        #expect(ended == nil)
    }

    @Test("nothing is written when the process stops, whatever the flow made of it", arguments: [true, false])
    func cancelled(translates: Bool) async {
        let gate = Gate()
        let task = Task {
            await run { _, _ in
                await gate.pass()
                if translates { throw Broken() }
                try Task.checkCancellation()
                return nil
            }?.0
        }
        await gate.arrivals.until { $0 == 1 }
        task.cancel()
        gate.open()
        #expect(await task.value == nil)
    }

    @Test("a flow that ended although it was cancelled is done")
    func cancelledTooLate() async {
        let gate = Gate()
        let task = Task {
            await run { _, _ in
                await gate.pass()
                return "SO-1"
            }?.0
        }
        await gate.arrivals.until { $0 == 1 }
        task.cancel()
        gate.open()
        #expect(await task.value == .done(summary: "SO-1"))
    }

    @Test("the audit record holds start, end and what was sent in between")
    func record() async throws {
        let ended = await run { _, _ in
            Trail.current?.record(TrailTests.call("/data/SalesOrderHeadersV2"))
            clock.advance(by: .milliseconds(1500))
            return nil
        }
        let record = try #require(ended?.1)
        #expect(record.startedAt == ManualClock.start)
        #expect(record.finishedAt - record.startedAt == .milliseconds(1500))
        #expect(record.exchanges.map(\.target) == ["/data/SalesOrderHeadersV2"])
    }

    @Test("a reason that quotes at length is cut")
    func longReason() async throws {
        let quote = String(repeating: "é", count: Reason.textLimit * 3)
        let outcome = await run { _, _ in throw Verdict.park("long", quote, advice: quote) }?.0
        let reason = try #require(outcome?.reason)
        #expect(reason.message.count == Reason.textLimit + 1 && reason.message.hasSuffix("…"))
        #expect(reason.advice?.count == Reason.textLimit + 1)
    }
}

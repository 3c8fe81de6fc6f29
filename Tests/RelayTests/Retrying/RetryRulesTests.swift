import Testing

@testable import Relay

@Suite("What becomes of a delivery that failed")
struct RetryRulesTests {
    struct Fault: DeliveryFault {
        var failureKind: FailureKind
        var retryAfter: Duration?
        var disposition: Disposition?
        var reason: Reason { RetryRulesTests.reason }
    }

    static let reason = Reason(code: "c", message: "M.")
    static let now = ManualClock.start
    static let rules = RetryRules(schedule: RetrySchedule(firstWait: .seconds(10), giveUpAfter: .seconds(25)))

    static func later(_ seconds: Int) -> Timestamp { now + .seconds(seconds) }

    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String { kind.rawValue }
        let kind: FailureKind
        let treatment: RetryRules.Treatment
        let bearing: FailureKind.Bearing
        /// Whether it is held, whatever the treatment, while its destination takes no calls.
        var isHeld: Bool { bearing != .record }

        init(_ kind: FailureKind, _ treatment: RetryRules.Treatment, _ bearing: FailureKind.Bearing) {
            self.kind = kind
            self.treatment = treatment
            self.bearing = bearing
        }
    }

    static let rows = [
        Row(.network, .retry, .outage), Row(.timeout, .retry, .outage), Row(.unclearOutcome, .retry, .outage),
        Row(.throttled, .hold, .throttle), Row(.unavailable, .retry, .outage), Row(.unreadable, .retry, .outage),
        Row(.unauthorized, .retry, .outage), Row(.signInRefused, .hold, .signIn), Row(.held, .hold, .outage),
        Row(.serverError, .retry, .crash), Row(.forbidden, .retry, .record), Row(.conflict, .retry, .record),
        Row(.validation, .park, .record), Row(.businessRule, .park, .record), Row(.notFound, .park, .record),
        Row(.unexpected, .park, .record), Row(.misconfigured, .park, .record), Row(.unknown, .retry, .record),
    ]

    @Test("every kind of failure has its treatment", arguments: rows)
    func treatments(_ row: Row) {
        #expect(RetryRules().treatment(of: row.kind) == row.treatment)
        #expect(row.kind.bearing == row.bearing)
    }

    @Test("the table has every kind") func complete() {
        #expect(Set(Self.rows.map(\.kind)) == Set(FailureKind.allCases))
    }

    @Test("while the destination takes calls, the kind decides", arguments: rows)
    func free(_ row: Row) {
        let outcome = Self.rules.outcome(
            of: Fault(failureKind: row.kind), failures: 0, hold: nil, now: Self.now, jitter: 0)
        switch row.treatment {
        case .retry: #expect(outcome == .retry(at: Self.later(10), Self.reason))
        case .park: #expect(outcome == .parked(Self.reason))
        case .hold: #expect(outcome == .held(until: Self.later(10), Self.reason))
        }
    }

    @Test("while the destination takes none, what may be its fault is held until it does, uncounted", arguments: rows)
    func held(_ row: Row) {
        let outcome = Self.rules.outcome(
            of: Fault(failureKind: row.kind), failures: 99, hold: .seconds(40), now: Self.now, jitter: 0)
        #expect((outcome == .held(until: Self.later(40), Self.reason)) == row.isHeld)
        if !row.isHeld { #expect(outcome.state == .parked) }
    }

    @Test("a flow may treat a kind that can lie in the record otherwise", arguments: RetryRules.changeable)
    func exceptions(_ kind: FailureKind) {
        for (treatment, state) in [(RetryRules.Treatment.retry, DeliveryState.waiting), (.park, .parked)] {
            var rules = Self.rules
            rules.exceptions = [kind: treatment]
            let outcome = rules.outcome(
                of: Fault(failureKind: kind), failures: 0, hold: nil, now: Self.now, jitter: 0)
            #expect(outcome.state == state)
        }
    }

    @Test("what lies in the destination is not for a flow to treat")
    func notChangeable() {
        #expect(
            Set(RetryRules.changeable) == [
                .serverError, .forbidden, .conflict, .validation, .notFound, .unexpected, .misconfigured, .unknown,
            ])
    }

    @Test("a fault's own verdict is final, whatever the destination does", arguments: [nil, Duration.seconds(40)])
    func verdicts(hold: Duration?) {
        func outcome(_ disposition: Disposition) -> Outcome {
            Self.rules.outcome(
                of: Fault(failureKind: .network, disposition: disposition), failures: 0, hold: hold, now: Self.now,
                jitter: 0)
        }
        #expect(outcome(.park) == .parked(Self.reason))
        #expect(outcome(.skip) == .skipped(Self.reason))
        #expect(outcome(.retry(after: .seconds(15))) == .retry(at: Self.later(15), Self.reason))
    }

    @Test("Retry-After lengthens a wait")
    func retryAfter() {
        func outcome(_ kind: FailureKind) -> Outcome {
            Self.rules.outcome(
                of: Fault(failureKind: kind, retryAfter: .seconds(20)), failures: 0, hold: nil, now: Self.now,
                jitter: 0)
        }
        #expect(outcome(.unavailable) == .retry(at: Self.later(20), Self.reason))
        #expect(outcome(.throttled) == .held(until: Self.later(20), Self.reason))
    }

    @Test(
        "those that were held together come back one after the other, none of them early", arguments: [-1.0, 0.5, 1])
    func spread(jitter: Double) {
        let outcome = Self.rules.outcome(
            of: Fault(failureKind: .network), failures: 0, hold: .seconds(100), now: Self.now, jitter: jitter)
        #expect(outcome == .held(until: Self.later(100 + Int(20 * abs(jitter))), Self.reason))
    }

    @Test("a destination that comes and goes makes no tight loop")
    func shortestHold() {
        let outcome = Self.rules.outcome(
            of: Fault(failureKind: .network), failures: 0, hold: .zero, now: Self.now, jitter: 0)
        #expect(outcome == .held(until: Self.later(1), Self.reason))
    }
}

import Relay
import Testing

@testable import Gateway

private struct Row: CustomTestStringConvertible {
    let testDescription: String
    var conditions = AlertConditions(now: start, lanes: [], parked: ParkedSample(groups: [], isComplete: true))
    var rules = AlertRules()
    /// `severity cause`.
    let expected: [String]

    init(_ description: String, _ expected: [String], _ change: (inout AlertConditions, inout AlertRules) -> Void) {
        testDescription = description
        self.expected = expected
        change(&conditions, &rules)
    }
}

private let lane = "dynamics/OrderToSalesOrder"

private func waiting(for duration: Duration, in name: String = lane) -> LaneOverview {
    LaneOverview(lane: name, counts: ["waiting": 3], oldestWaitingSince: start - duration)
}

private func certificate(left: Duration, failed: Bool = false) -> CertificateState {
    CertificateState(listener: "public", expiresAt: start + left, hasFailedToReload: failed)
}

private let rows: [Row] = [
    Row("nothing wrong", []) { _, _ in },
    Row("parked", ["warning parked:\(lane):x"]) { conditions, _ in conditions.parked = sample() },
    Row("parked, rule off", []) {
        $0.parked = sample(); $1.parked = false
    },
    Row("a wait up to the limit", []) { conditions, _ in conditions.lanes = [waiting(for: .seconds(900))] },
    Row("a wait over the limit", ["warning oldestAge:\(lane)"]) { conditions, _ in
        conditions.lanes = [waiting(for: .seconds(901))]
    },
    Row("a wait far over the limit", ["critical oldestAge:\(lane)"]) { conditions, _ in
        conditions.lanes = [waiting(for: .seconds(3601))]
    },
    Row("a wait over the general limit and within the lane's", []) {
        $0.lanes = [waiting(for: .seconds(901))]
        $1.lanes = [lane: .init(oldestAge: .seconds(3600))]
    },
    Row("a wait in a lane whose limit is off", []) {
        $0.lanes = [waiting(for: .seconds(86_400))]
        $1.lanes = [lane: .init(oldestAge: nil)]
    },
    Row("a lane with its own limit while the others have none", ["warning oldestAge:\(lane)"]) {
        $0.lanes = [waiting(for: .seconds(90)), waiting(for: .seconds(86_400), in: "commerce/InvoiceToCommerce")]
        $1.oldestAge = nil
        $1.lanes = [lane: .init(oldestAge: .seconds(60))]
    },
    Row("a wait in a lane that rests by the configuration", []) { conditions, _ in
        conditions.lanes = [waiting(for: .seconds(86_400))]
        conditions.stops = [lane: .scheduled(until: nil)]
    },
    Row("a wait in a lane that a person has paused", ["critical oldestAge:\(lane)"]) { conditions, _ in
        conditions.lanes = [waiting(for: .seconds(86_400))]
        let pause = LanePause(lane: lane, since: start, until: nil, by: "jo", why: "stocktaking")
        conditions.stops = [lane: .paused(pause)]
    },
    Row("a wait for a destination that takes no calls", ["warning oldestAge:\(lane)"]) { conditions, _ in
        conditions.lanes = [waiting(for: .seconds(901))]
        conditions.stops = [lane: .held(until: start)]
    },
    Row("an open breaker", ["warning breaker:dynamics"]) { conditions, _ in
        conditions.breakers = [breaker()]
    },
    Row("a breaker open for long", ["critical breaker:dynamics"]) { conditions, _ in
        conditions.breakers = [breaker(for: .seconds(3601))]
    },
    Row("an open breaker, rule off", []) {
        $0.breakers = [breaker()]; $1.breaker = false
    },
    Row("a few refusals", []) { conditions, _ in conditions.refusals = [.init(source: "commerce", count: 19)] },
    Row("a burst of refusals", ["warning signatureFailures:commerce"]) { conditions, _ in
        conditions.refusals = [.init(source: "commerce", count: 20), .init(source: "dynamics", count: 1)]
    },
    Row("ten times a burst", ["critical signatureFailures:commerce"]) { conditions, _ in
        conditions.refusals = [.init(source: "commerce", count: 200)]
    },
    Row("a burst, rule off", []) {
        $0.refusals = [.init(source: "commerce", count: 200)]
        $1.signatureFailures = nil
    },
    Row("silence of a source without a limit", []) { conditions, _ in
        conditions.lastArrivals = ["commerce": start + .seconds(-1_000_000)]
    },
    Row("silence within the limit", []) {
        $0.lastArrivals = ["commerce": start + .seconds(-3600)]
        $1.silence = ["commerce": .seconds(3600)]
    },
    Row("silence over the limit", ["warning silence:commerce"]) {
        $0.lastArrivals = ["commerce": start + .seconds(-3601)]
        $1.silence = ["commerce": .seconds(3600)]
    },
    Row("a source of which nothing is known yet", []) {
        $1.silence = ["commerce": .seconds(3600)]; $0.problems = []
    },
    Row("not ready", ["critical store"]) { conditions, _ in conditions.problems = ["The disk is full."] },
    Row("not ready, rule off", []) {
        $0.problems = ["The disk is full."]; $1.store = false
    },
    Row("a certificate with time left", []) { conditions, _ in
        conditions.certificates = [certificate(left: .seconds(15 * 86_400))]
    },
    Row("a certificate near its end", ["warning certificate:public:expiry"]) { conditions, _ in
        conditions.certificates = [certificate(left: .seconds(13 * 86_400))]
    },
    Row("a certificate that has expired", ["critical certificate:public:expiry"]) { conditions, _ in
        conditions.certificates = [certificate(left: .seconds(-1))]
    },
    Row("a new certificate that was refused", ["warning certificate:public:reload"]) { conditions, _ in
        conditions.certificates = [certificate(left: .seconds(90 * 86_400), failed: true)]
    },
    Row("a sign-in with time left", []) { conditions, _ in conditions.signInEnd = start + .seconds(15 * 86_400) },
    Row("a sign-in near its end", ["warning certificate:dynamics:sign-in"]) { conditions, _ in
        conditions.signInEnd = start + .seconds(13 * 86_400)
    },
    Row("a sign-in that has ended", ["critical certificate:dynamics:sign-in"]) { conditions, _ in
        conditions.signInEnd = start - .seconds(1)
    },
    Row("a certificate near its end, rule off", []) {
        $0.certificates = [certificate(left: .seconds(60), failed: true)]
        $0.signInEnd = start
        $1.certificate = nil
    },
]

private func sample() -> ParkedSample {
    let group = ParkedGroup(lane: lane, code: "x", count: 2, oldest: start, examples: ["order 1 (event 1)"])
    return ParkedSample(groups: [group], isComplete: true)
}

private func breaker(for duration: Duration = .seconds(5)) -> BreakerState {
    BreakerState(destination: "dynamics", reason: "503", since: start - duration)
}

extension Timestamp {
    fileprivate static func - (moment: Timestamp, duration: Duration) -> Timestamp { moment + (.zero - duration) }
}

@Suite("Alert rules")
struct AlertRulesTests {
    @Test("find what is trouble and what is not", arguments: rows)
    private func findings(_ row: Row) {
        let findings = row.rules.findings(row.conditions)
        #expect(findings.alerts.map { "\($0.severity.rawValue) \($0.cause)" } == row.expected)
        #expect(findings.blind.isEmpty)
    }

    @Test("say what they could not look at, so that nothing is taken for mended because nobody saw it")
    func blind() {
        let findings = AlertRules().findings(AlertConditions(now: start, lanes: nil, parked: nil))
        #expect(findings.blind == [.parked, .oldestAge])
        let part = ParkedSample(groups: [], isComplete: false)
        #expect(AlertRules().findings(AlertConditions(now: start, lanes: [], parked: part)).blind == [.parked])
    }

    @Test("find a bounded number of alerts, and keep the critical ones")
    func bounded() {
        let groups = (0..<1000).map {
            ParkedGroup(lane: "lane", code: "code-\($0)", count: 1, oldest: start, examples: [])
        }
        let findings = AlertRules().findings(
            AlertConditions(
                now: start, lanes: [], parked: ParkedSample(groups: groups, isComplete: true), problems: ["down"]))
        #expect(findings.alerts.count == AlertFindings.maxAlerts)
        #expect(findings.alerts.first?.kind == .store)
        #expect(findings.blind == [.parked])
    }

    @Test("group parked deliveries by lane and reason, with a few examples and no word of the record itself")
    func groups() {
        let events =
            (1...7).reversed().map { EventDetail.parked(id: $0, at: start + .seconds($0)).event }
            + [EventDetail.parked(id: 9, subject: "customer jane@example.com", code: "other", at: start).event]
        let groups = ParkedCensus.groups(events)
        #expect(groups.map(\.code) == ["d365-validation", "other"])
        #expect(groups.map(\.count) == [7, 1])
        #expect(groups.first?.oldest == start + .seconds(1))
        #expect(groups.first?.examples.count == 5)
        #expect(groups.first?.examples.first == "order 7 (event 7)")
        #expect(groups.last?.examples == ["event 9"])
        let conditions = AlertConditions(
            now: start, lanes: [], parked: ParkedSample(groups: groups, isComplete: true))
        for alert in AlertRules().findings(conditions).alerts {
            #expect(!(alert.title + alert.text).contains("Jane") && !alert.text.contains("@"))
        }
    }

    @Test("cut subjects from outside, and take line breaks out of them")
    func hostileSubject() {
        let subject = "order \u{1B}[31m\r\nSubject: x" + String(repeating: "y", count: 500)
        let example = ParkedCensus.groups([EventDetail.parked(id: 1, subject: subject, at: start).event])[0].examples[
            0]
        #expect(example.count < 100)
        #expect(!example.contains { $0.isNewline || $0 == "\u{1B}" })
    }

    @Test("count refusals of the last minute by source")
    func signals() {
        let clock = HandClock()
        let signals = AlertSignals(window: .seconds(60), clock: clock)
        for _ in 1...3 { signals.refused("commerce") }
        clock.advance(by: .seconds(30))
        signals.refused("commerce")
        signals.refused("dynamics")
        #expect(signals.refusals(at: clock.now()).map(\.count) == [4, 1])
        clock.advance(by: .seconds(31))
        #expect(signals.refusals(at: clock.now()).map(\.count) == [1, 1])
        clock.advance(by: .seconds(61))
        #expect(signals.refusals(at: clock.now()).map(\.count) == [0, 0])
    }
}

import Foundation
import HTTPServer
import HTTPTypes
import Logging
import Relay
import Synchronization
import Testing

@testable import Gateway

let start = Timestamp(millisecondsSince1970: 1_767_261_600_000)
let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

extension Alert {
    /// One that settles before it is raised.
    static func parked(_ count: Int = 1, code: String = "d365-validation") -> Alert {
        Alert(.parked, ["dynamics/OrderToSalesOrder", code], title: "\(count) wait", text: ["See."], count: count)
    }

    static let notReady = Alert(.store, severity: .critical, title: "Not ready", text: ["The disk is full."])
}

/// Remembers notices, and fails as often as it is told to.
final class RecordingChannel: AlertChannel {
    let name: String
    var id: String { "recording:\(name)" }
    private let state = Mutex((notices: [AlertNotice](), failures: [AlertSendFailure](), attempts: 0))

    init(_ name: String = "test") { self.name = name }

    var notices: [AlertNotice] { state.withLock { $0.notices } }
    var told: [String] { notices.map { "\($0.change.rawValue) \($0.alert.cause)" } }
    var attempts: Int { state.withLock { $0.attempts } }

    func fail(_ times: Int, _ failure: AlertSendFailure = AlertSendFailure("down")) {
        state.withLock { $0.failures = Array(repeating: failure, count: times) }
    }

    func send(_ notice: AlertNotice) async throws(AlertSendFailure) -> AlertReceipt {
        let failure = state.withLock { state -> AlertSendFailure? in
            state.attempts += 1
            if let failure = state.failures.popLast() { return failure }
            state.notices.append(notice)
            return nil
        }
        if let failure { throw failure }
        return AlertReceipt(answer: "taken")
    }
}

/// What outlives the process, and can fail.
final class FakeAlertMemory: AlertMemory {
    private let state = Mutex((records: [String: RememberedAlert](), fault: StoreFault?.none, writes: 0))

    var causes: [String] { state.withLock { $0.records.keys.sorted() } }
    var writes: Int { state.withLock { $0.writes } }
    func fail(_ fault: StoreFault?) { state.withLock { $0.fault = fault } }

    func alerts() throws -> [RememberedAlert] { try look { Array($0.values) } }
    func remember(_ alert: RememberedAlert) throws { try look { $0[alert.cause] = alert } }
    func forget(cause: String) throws { try look { $0[cause] = nil } }

    private func look<Value>(_ body: (inout [String: RememberedAlert]) -> Value) throws -> Value {
        try state.withLock { state in
            if let fault = state.fault { throw fault }
            state.writes += 1
            return body(&state.records)
        }
    }
}

/// The watch and its couriers over a fake store, turned by hand.
struct AlertStage {
    let store: FakeStore
    let clock: HandClock
    let memory: FakeAlertMemory
    let channels: [RecordingChannel]
    let signals: AlertSignals
    let metrics = GatewayMetrics(kinds: [])
    let watch: AlertWatch
    private let couriers: [AlertCourier]

    init(
        store: FakeStore = FakeStore(), clock: HandClock = HandClock(), memory: FakeAlertMemory = FakeAlertMemory(),
        channels: [RecordingChannel] = [RecordingChannel()], rules: AlertRules = AlertRules(),
        settle: Duration = .seconds(30),
        breakers: @escaping @Sendable () -> [(destination: String, isOpen: Bool, reason: String)] = { [] },
        patience: Duration = StoreGlance.patience
    ) {
        let signals = AlertSignals(window: .seconds(60), clock: clock)
        let readiness = Readiness(inspection: store, clock: clock, dispatcher: { .off })
        let senses = AlertSenses(
            inspection: store, readiness: readiness, signals: signals, breakers: breakers, patience: patience)
        let alertMetrics = AlertMetrics(factory: metrics.registry)
        let watch = AlertWatch(
            rules: rules, settle: settle, senses: senses, memory: memory, channels: channels.map(\.id), clock: clock,
            metrics: alertMetrics, logger: quiet)
        (self.store, self.clock, self.memory, self.channels) = (store, clock, memory, channels)
        (self.signals, self.watch) = (signals, watch)
        couriers = channels.map {
            AlertCourier($0, watch: watch, clock: clock, metrics: alertMetrics, logger: quiet)
        }
    }

    /// As the process would do after this time.
    func round(after wait: Duration = .zero) async {
        clock.advance(by: wait)
        await watch.look()
        for courier in couriers { await courier.deliver() }
        await watch.save()
    }

    /// The same store, memory and channels with a new process.
    func restarted(
        after pause: Duration = .zero, settle: Duration = .seconds(30), patience: Duration = StoreGlance.patience
    ) -> AlertStage {
        clock.advance(by: pause)
        return AlertStage(
            store: store, clock: clock, memory: memory, channels: channels, settle: settle, patience: patience)
    }

    func park(_ count: Int, code: String = "d365-validation") {
        let now = clock.now()
        store.with { content in
            content.events = (0..<count).reversed().map { .parked(id: Int64($0 + 1), code: code, at: now) }
            content.lanes = [
                LaneOverview(
                    lane: "dynamics/OrderToSalesOrder", counts: ["parked": count],
                    lastFailureAt: count > 0 ? now : nil)
            ]
        }
    }
}

extension EventDetail {
    static func parked(
        id: Int64, subject: String? = nil, code: String = "d365-validation", at moment: Timestamp
    ) -> EventDetail {
        let delivery = DeliveryOverview(
            id: DeliveryID(id), flow: "OrderToSalesOrder", lane: "dynamics/OrderToSalesOrder", state: .parked,
            attempt: 1, failures: 1, dueAt: moment,
            reason: Reason(code: code, message: "Item AB-1 of Jane Doe's order is unknown."))
        return EventDetail(
            event: EventOverview(
                id: EventID(id), source: "commerce", kind: "order", subject: subject ?? "order \(id)",
                receivedAt: moment, bytes: 1, deliveries: [delivery]),
            dedupKey: "", bodyDigest: [], deliveries: [], links: [])
    }
}

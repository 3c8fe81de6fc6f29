import Dynamics
import Foundation
import HTTPClient
import HTTPTypes
import Logging
import Relay
import Synchronization
import Testing

@testable import Gateway

/// A queue of one message behind Service Bus' interface. It ends the receiver when it was asked for the next one.
private final class ScriptedBus: HTTPTransport {
    private struct State {
        var calls: [String] = []
        var body: [UInt8]
        var completes: [Int]
    }

    private let state: Mutex<State>
    private let whenEmpty: @Sendable () -> Void

    /// - Parameter completes: What completing is answered with, in order; then always 200.
    init(_ body: String, completes: [Int] = [], whenEmpty: @escaping @Sendable () -> Void = {}) {
        state = Mutex(State(body: Array(body.utf8), completes: completes))
        self.whenEmpty = whenEmpty
    }

    var calls: [String] { state.withLock { $0.calls } }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let isHead = request.url.contains("/head")
        let answer = state.withLock { state -> OutboundResponse? in
            state.calls.append(isHead ? "receive" : request.method.rawValue)
            if request.method == .delete, !state.completes.isEmpty {
                return OutboundResponse(status: state.completes.removeFirst())
            }
            guard isHead else { return OutboundResponse(status: 200) }
            guard state.calls.count(where: { $0 == "receive" }) == 1 else { return nil }
            var answer = OutboundResponse(status: 201, body: state.body)
            if let name = HTTPField.Name("BrokerProperties") {
                answer.headers[name] = #"{"SequenceNumber":1,"LockToken":"l"}"#
            }
            return answer
        }
        if let answer { return answer }
        whenEmpty()
        throw .cancelled
    }
}

/// Takes an event when it is told to.
private final class SlowLog: EventLog {
    private let gate = AsyncStream.makeStream(of: Void.self)

    func open() { gate.continuation.finish() }
    func append(_ event: NewEvent) async throws -> Receipt {
        for await _ in gate.stream {}
        return Receipt(event: EventID(1), isDuplicate: false)
    }
    func append(_ events: [NewEvent]) async throws -> [Receipt] {
        var receipts: [Receipt] = []
        for event in events { receipts.append(try await append(event)) }
        return receipts
    }
}

/// Sleeps no longer than it takes to say so.
private final class RushedClock: WallClock {
    private let onSleep: @Sendable () -> Void
    private let start = HandClock()

    init(onSleep: @escaping @Sendable () -> Void = {}) { self.onSleep = onSleep }

    func now() -> Timestamp { start.now() }
    func sleep(until moment: Timestamp) async throws {
        try Task.checkCancellation()
        onSleep()
        await Task.yield()
    }
}

@Suite("A receiver of Service Bus")
struct ServiceBusReceiverTests {
    private static let invoice = #"""
        {"BusinessEventId":"SalesInvoicePostedBusinessEvent","BusinessEventLegalEntity":"usmf","EventId":"E-1",
         "InvoiceId":"CIV-1","SalesOrderId":"SO-1","InvoiceAccount":"C-1"}
        """#
    private static let route = Route(flow: "InvoiceToCommerce", lane: "commerce/InvoiceToCommerce")

    private func receiver(
        _ bus: ScriptedBus, _ log: any EventLog, clock: any WallClock = HandClock(),
        signals: AlertSignals = AlertSignals(window: .seconds(60), clock: HandClock())
    ) -> ServiceBusReceiver {
        let place = ServiceBusPlace(namespace: "https://contoso.servicebus.windows.net", queue: "q")
        let credential = ServiceBusCredential.signature(ServiceBusSignature(policy: "p", key: "k"))
        return ServiceBusReceiver(
            client: ServiceBusClient(place: place, credential: credential, transport: bus, clock: clock),
            intake: Intake(log: log, wake: { _ in }), routes: ["SalesInvoicePostedBusinessEvent": Self.route],
            unreadable: Self.route, renewEvery: .seconds(20),
            book: SourceBook(name: "serviceBus", place: "q", receivers: 1, clock: clock), signals: signals,
            onTestEvent: {}, clock: clock, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    @Test("completes a message only after its event was stored, under the key that HTTPS gives it")
    func order() async throws {
        let (bus, store) = (ScriptedBus(Self.invoice), FakeStore())
        let receiver = receiver(bus, store)
        await receiver.run()
        #expect(bus.calls.prefix(2) == ["receive", "DELETE"])
        let event = try #require(store.with { $0.appended }.first)
        #expect(
            event.source == "dynamics" && event.dedupKey == "SalesInvoicePosted usmf/CIV-1"
                && event.routes == [Self.route])
        #expect(event.subject == "sales order usmf/SO-1" && event.body == Array(Self.invoice.utf8))
        #expect(receiver.book.standing.tally == [.stored: 1])
    }

    @Test("gives a message back that the store does not take, and completes nothing")
    func storeTrouble() async throws {
        let (bus, store) = (ScriptedBus(Self.invoice), FakeStore(fault: .full("no room")))
        let receiver = receiver(bus, store)
        await receiver.run()
        #expect(bus.calls == ["receive", "PUT"])
        #expect(receiver.book.standing.tally == [.abandoned: 1])
        #expect(receiver.book.standing.trouble?.code == "store-unavailable")
    }

    @Test("renews the lock for as long as storing takes")
    func renews() async throws {
        let log = SlowLog()
        let rung = Mutex(0)
        let clock = RushedClock {
            let count = rung.withLock { count in
                count += 1
                return count
            }
            // Three renewals were waited for; then the store is done.
            if count == 4 { log.open() }
        }
        let bus = ScriptedBus(Self.invoice)
        let receiver = receiver(bus, log, clock: clock)
        let message = try #require(try await receiver.client.receive())
        try await receiver.take(message)
        #expect(bus.calls.count(where: { $0 == "POST" }) >= 3)
        #expect(bus.calls.contains("DELETE"))
    }

    @Test(
        "takes a lost lock for what it is: the event is stored, and recognised when it comes again",
        arguments: [
            404, 410,
        ])
    func lockLost(_ status: Int) async throws {
        let (bus, store) = (ScriptedBus(Self.invoice, completes: [status]), FakeStore())
        let receiver = receiver(bus, store)
        let message = try #require(try await receiver.client.receive())
        try await receiver.take(message)
        try await receiver.take(message)
        #expect(store.with { $0.appended }.count == 1)
        #expect(receiver.book.standing.tally == [.stored: 1, .duplicate: 1, .lockLost: 1])
    }

    @Test(
        "stores what it cannot read where a person sees it, and each such body once",
        arguments: [
            "", "no JSON", "[]", #"{"a":1}"#, #"{"BusinessEventId":"X"}"#,
        ])
    func unreadable(_ body: String) async throws {
        let (bus, store) = (ScriptedBus(body), FakeStore())
        let receiver = receiver(bus, store)
        let message = try #require(try await receiver.client.receive())
        try await receiver.take(message)
        try await receiver.take(message)
        let event = try #require(store.with { $0.appended }.first)
        #expect(event.kind == "unreadable" && event.routes == [Self.route] && event.body == Array(body.utf8))
        #expect(receiver.book.standing.tally == [.unreadable: 1, .duplicate: 1])
        #expect(bus.calls == ["receive", "DELETE", "DELETE"])
    }

    @Test("ends at once when it is cancelled while nothing comes")
    func cancelled() async throws {
        let bus = ScriptedBus(Self.invoice, whenEmpty: { withUnsafeCurrentTask { $0?.cancel() } })
        let receiver = receiver(bus, FakeStore(), clock: RushedClock())
        await Task { await receiver.run() }.value
        #expect(bus.calls == ["receive", "DELETE", "receive"])
        #expect(receiver.book.standing.trouble == nil)
    }
}

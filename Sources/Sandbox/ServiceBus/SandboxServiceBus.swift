public import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// A simulated queue of Azure Service Bus behind its REST interface, under `/servicebus` of the D365 listener: locks
/// that end, delivery counts, a dead-letter queue, and access signatures that are checked.
public final class SandboxServiceBus: Responder {
    /// What Service Bus does wrong. All zero: nothing.
    public struct Faults: Sendable, Equatable {
        /// How many of the next calls about a lock find it ended. The message is handed out again.
        public var nextLocksLost = 0
        /// How many of the next calls are refused with 401.
        public var nextUnauthorized = 0
        /// How many of the next calls are answered with 503.
        public var nextUnavailable = 0

        public init() {}
    }

    static let prefix = "/servicebus"

    private let state: Mutex<(queue: BusQueue, faults: Faults, takesEvents: Bool)>
    private let configuration: SandboxServiceBusConfiguration
    private let access: BusAccess
    private let core: DynamicsCore

    init(_ configuration: SandboxServiceBusConfiguration, core: DynamicsCore) {
        self.configuration = configuration
        self.core = core
        access = BusAccess(configuration, core: core)
        state = Mutex((BusQueue(configuration), Faults(), false))
    }

    public var faults: Faults {
        get { state.withLock { $0.faults } }
        set { state.withLock { $0.faults = newValue } }
    }

    /// Whether business events go here, too.
    public var takesEvents: Bool {
        get { state.withLock { $0.takesEvents } }
        set { state.withLock { $0.takesEvents = newValue } }
    }

    /// What the gateway's `dynamics.serviceBus.namespace` must be.
    public var namespace: String { core.resourceURL + Self.prefix }

    /// Puts a message into the queue.
    public func send(_ body: [UInt8]) { state.withLock { $0.queue.send(body, at: core.now()) } }

    /// Messages in the queue, locked ones included.
    public var waiting: Int { state.withLock { $0.queue.messages.count } }

    /// Bodies that were handed out too often.
    public var deadLetters: [[UInt8]] { state.withLock { $0.queue.deadLetters.map(\.body) } }

    /// Messages that were completed.
    public var completed: Int { state.withLock { $0.queue.completed } }

    public func respond(to request: Request) async -> Response {
        do throws(BusRefusal) {
            let path = try BusPath(request, entity: configuration.entity)
            core.counters.count("\(request.method.rawValue) \(path.name)")
            try checkFaults(request)
            try access.check(request, at: core.now())
            switch path {
            case .head(let timeout): return await receive(waiting: timeout)
            case .send:
                send(request.body)
                return Response(status: .created)
            case .lock(let sequence, let token):
                try act(request.method, sequence, token)
                return Response(status: .ok)
            }
        } catch {
            return error.response
        }
    }

    private func checkFaults(_ request: Request) throws(BusRefusal) {
        try state.withLock { state throws(BusRefusal) in
            if state.faults.nextUnauthorized > 0 {
                state.faults.nextUnauthorized -= 1
                throw .unauthorized("The token has an invalid signature.")
            }
            if state.faults.nextUnavailable > 0 {
                state.faults.nextUnavailable -= 1
                throw BusRefusal(status: .serviceUnavailable, detail: "The service is busy. Try again later.")
            }
        }
    }

    private func receive(waiting timeout: Duration) async -> Response {
        let deadline = ContinuousClock.now + min(timeout, configuration.longestPoll)
        while true {
            if let message = state.withLock({ $0.queue.lock(at: core.now()) }) { return answer(message) }
            guard ContinuousClock.now < deadline else { return Response(status: .noContent) }
            // Cancelled means that the connection is gone.
            do { try await Task.sleep(for: Self.look) } catch { return Response(status: .noContent) }
        }
    }

    private static let look = Duration.milliseconds(10)

    private func act(_ method: HTTPRequest.Method, _ sequence: Int, _ token: String) throws(BusRefusal) {
        let now = core.now()
        try state.withLock { state throws(BusRefusal) in
            if state.faults.nextLocksLost > 0 {
                state.faults.nextLocksLost -= 1
                state.queue.release(sequence)
            }
            let isDone =
                switch method {
                case .delete: state.queue.complete(sequence, token, at: now)
                case .put: state.queue.abandon(sequence, token, at: now)
                default: state.queue.renew(sequence, token, at: now)
                }
            guard isDone else {
                throw BusRefusal(
                    status: .gone, detail: "The lock supplied is invalid, or has expired, or the message is gone.")
            }
        }
    }

    private func answer(_ message: BusQueue.Message) -> Response {
        var response = Response(
            status: .created, headers: [.contentType: "application/json"], body: message.body)
        let token = message.lock?.token ?? ""
        let properties: JSONValue = [
            "DeliveryCount": .int(message.deliveryCount), "LockToken": .string(token),
            "MessageId": .string(message.id), "SequenceNumber": .int(message.sequence), "State": "Active",
        ]
        response.headers.set("BrokerProperties", to: String(decoding: JSONWriter.bytes(properties), as: UTF8.self))
        response.headers[.location] =
            "\(namespace)/\(configuration.entity)/messages/\(message.sequence)/\(token)"
        return response
    }
}

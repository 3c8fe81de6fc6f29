public import HTTPClient
import HTTPTypes
public import Relay

/// Receives messages over Service Bus' REST interface: one at a time, each locked while it is worked on
/// (learn.microsoft.com/rest/api/servicebus/service-bus-runtime-rest).
///
/// All errors are `DeliveryFault`s.
public struct ServiceBusClient: Sendable {
    public let place: ServiceBusPlace
    private let credential: ServiceBusCredential
    private let transport: any HTTPTransport
    private let clock: any WallClock
    private let limits: ServiceBusLimits

    public init(
        place: ServiceBusPlace, credential: ServiceBusCredential, transport: any HTTPTransport,
        limits: ServiceBusLimits = ServiceBusLimits(), clock: any WallClock = SystemClock()
    ) {
        self.place = place
        self.credential = credential
        self.transport = transport
        self.clock = clock
        self.limits = limits
    }

    /// Waits for the next message and locks it.
    /// - Returns: `nil` if none came in `ServiceBusLimits.longPoll`.
    public func receive() async throws -> LockedMessage? {
        let url = place.head(waiting: limits.longPoll.components.seconds)
        let answer = try await send(.post, url, timeout: limits.longPoll + limits.timeout)
        switch answer.status {
        case 201: return try LockedMessage(answer, from: place)
        case 204: return nil
        default: throw ServiceBusFault(answer, at: place, isLock: false, now: clock.now())
        }
    }

    /// The message is done with: it is not handed out again.
    /// - Throws: `ServiceBusFault.lockLost` if it is handed out again in spite of that.
    public func complete(_ message: LockedMessage) async throws { try await act(.delete, on: message) }

    /// Gives the message back: it is handed out again at once, and its delivery count has risen.
    public func abandon(_ message: LockedMessage) async throws { try await act(.put, on: message) }

    /// The lock lasts as long as it did when it was new, from now on.
    public func renew(_ message: LockedMessage) async throws { try await act(.post, on: message) }

    private func act(_ method: HTTPRequest.Method, on message: LockedMessage) async throws {
        let answer = try await send(method, message.lock, timeout: limits.timeout)
        guard (200...299).contains(answer.status) else {
            throw ServiceBusFault(answer, at: place, isLock: true, now: clock.now())
        }
    }

    /// A 401 was not executed, so the call is repeated once, if there is another proof of who we are.
    private func send(
        _ method: HTTPRequest.Method, _ url: String, timeout: Duration
    ) async throws -> OutboundResponse {
        let authorization = try await credential.authorization(for: place, now: clock.now())
        let answer = try await sendOnce(method, url, authorization, timeout)
        guard answer.status == 401, await credential.refused(authorization) else { return answer }
        return try await sendOnce(
            method, url, credential.authorization(for: place, now: clock.now()), timeout)
    }

    private func sendOnce(
        _ method: HTTPRequest.Method, _ url: String, _ authorization: String, _ timeout: Duration
    ) async throws(ServiceBusFault) -> OutboundResponse {
        let request = OutboundRequest(
            method: method, url: url, headers: [.authorization: authorization],
            // Without a body there would be no Content-Length, which POST and PUT must have here.
            body: method == .delete ? nil : [], timeout: timeout, maxResponseBytes: limits.maxMessageBytes)
        do {
            return try await transport.send(request)
        } catch {
            throw ServiceBusFault(error)
        }
    }
}

/// How long calls to Service Bus take, and how much they bring.
public struct ServiceBusLimits: Sendable, Equatable {
    /// How long Service Bus waits for a message before it answers that there is none. In whole seconds.
    public var longPoll: Duration
    /// Of every other call, and what a long poll may take longer.
    public var timeout: Duration
    /// The longest message. Standard namespaces take 256 KiB.
    public var maxMessageBytes: Int

    public init(
        longPoll: Duration = .seconds(55), timeout: Duration = .seconds(15), maxMessageBytes: Int = 4 << 20
    ) {
        self.longPoll = longPoll
        self.timeout = timeout
        self.maxMessageBytes = maxMessageBytes
    }
}

import Foundation
import HTTPClient
import HTTPTypes
import Logging
import Synchronization

/// Posts business events as F&O does: a few quick repeats, then the error log, from where only a person sends again.
final class EventSender: Sendable {
    struct Event: Sendable {
        let body: [UInt8]
        /// For the error log: the invoice, or `test`.
        let subject: String
    }

    /// The oldest are dropped from a longer error log.
    static let maxErrors = 1_000

    private struct State {
        var url: String?
        var errors: [Event] = []
        var lastControlNumber = 5_637_912_076
    }

    private let state = Mutex(State())
    private let transport: any HTTPTransport
    private let configuration: SandboxDynamicsConfiguration
    private let logger: Logger

    init(_ configuration: SandboxDynamicsConfiguration, transport: any HTTPTransport, logger: Logger) {
        self.configuration = configuration
        self.transport = transport
        self.logger = logger
    }

    var url: String? {
        get { state.withLock { $0.url } }
        set { state.withLock { $0.url = newValue } }
    }

    /// Record ids are shared by all tables of F&O: two events rarely have neighbours.
    func nextControlNumber() -> Int {
        state.withLock { state in
            state.lastControlNumber += 1 + state.lastControlNumber % 7
            return state.lastControlNumber
        }
    }

    var errors: [Event] { state.withLock { $0.errors } }

    func takeErrors() -> [Event] {
        state.withLock { state in
            defer { state.errors = [] }
            return state.errors
        }
    }

    /// - Returns: Whether the endpoint took it. Without an endpoint nothing is sent: no event was activated on one.
    @discardableResult
    func send(_ event: Event) async -> Bool {
        guard let url else { return false }
        for attempt in 0...max(0, configuration.eventRetries) {
            if attempt > 0 {
                do { try await Task.sleep(for: configuration.eventRetryWait) } catch { break }
            }
            if await isTaken(event, url) { return true }
        }
        state.withLock { state in
            state.errors.append(event)
            if state.errors.count > Self.maxErrors { state.errors.removeFirst() }
        }
        logger.warning(
            "business event was not taken and is in the error log", metadata: ["subject": "\(event.subject)"])
        return false
    }

    private func isTaken(_ event: Event, _ url: String) async -> Bool {
        let request = OutboundRequest(
            method: .post, url: url, headers: [.contentType: "application/json"], body: event.body,
            timeout: configuration.eventTimeout, maxResponseBytes: Self.maxAnswerBytes)
        guard let answer = try? await transport.send(request) else { return false }
        return (200..<300).contains(answer.status)
    }

    private static let maxAnswerBytes = 1 << 20
}

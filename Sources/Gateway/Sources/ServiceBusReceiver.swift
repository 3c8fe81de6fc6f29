import Dynamics
import Logging
import Relay

/// One of the loops that take Business Events from Service Bus: lock, store, complete.
///
/// A message is completed only when its event is on disk, so it comes again if anything goes wrong on the way, and
/// is recognised then.
struct ServiceBusReceiver: Sendable {
    let client: ServiceBusClient
    let intake: Intake
    /// By `BusinessEventId`.
    let routes: [String: Route]
    var fields = NoticeFields()
    /// Parks what cannot be read.
    let unreadable: Route
    let renewEvery: Duration
    let book: SourceBook
    let signals: AlertSignals
    let onTestEvent: @Sendable () -> Void
    let clock: any WallClock
    let logger: Logger

    /// The source as alerts, status and metrics name it.
    static let name = AlertSource.serviceBus.rawValue

    /// Waits after failures: 1 s, 2 s, 4 s … up to a minute, for as long as it takes.
    static let waits = RetrySchedule(
        firstWait: .seconds(1), longestWait: .seconds(60), giveUpAfter: .seconds(366 * 86_400))
    static let completeTries = 3
    /// Failures in a row beyond which waits don't grow any more.
    static let longestRow = 8
    /// The least time between two calls that brought nothing: a server that does not wait must not be flooded.
    static let emptyPause = Duration.seconds(1)

    /// Works until it is cancelled.
    func run() async {
        var failures = 0
        while !Task.isCancelled {
            do {
                let askedAt = clock.uptime()
                let message = try await client.receive()
                if book.answered(withMessage: message != nil) { logger.notice("Service Bus works again") }
                if let message {
                    signals.arrived(Self.name, at: clock.now())
                    // A task of its own: what is locked is stored and completed also when the gateway stops.
                    try await Task { try await take(message) }.value
                } else if clock.uptime() - askedAt < Self.emptyPause {
                    try await clock.sleep(for: Self.emptyPause)
                }
                failures = 0
            } catch {
                guard !Task.isCancelled else { return }
                failures = min(failures + 1, Self.longestRow)
                note(error)
                do { try await clock.sleep(for: wait(after: error, failures)) } catch { return }
            }
        }
    }

    /// Stores the event of a message, then completes the message.
    /// - Throws: If the message comes again and nothing can be done about it now.
    func take(_ message: LockedMessage) async throws {
        let arrival = DynamicsArrival(
            message.body, receivedAt: clock.now(), routes: routes, fields: fields, unreadable: unreadable)
        switch arrival {
        case .test:
            book.count(.test)
            onTestEvent()
        case .event(let event):
            book.count(try await store(event, of: message).isDuplicate ? .duplicate : .stored)
        case .unreadable(let event):
            let receipt = try await store(event, of: message)
            book.count(receipt.isDuplicate ? .duplicate : .unreadable)
            logger.warning(
                "a message of Service Bus is no business event and waits for a person",
                metadata: ["event": "\(receipt.event)", "sequenceNumber": "\(message.sequenceNumber)"])
        }
        try await complete(message)
    }

    /// Tried a few times: a message that is stored and not completed would stand locked until its lock ends, and come
    /// again only to be recognised.
    private func complete(_ message: LockedMessage) async throws {
        for triesLeft in (0..<Self.completeTries).reversed() {
            do {
                return try await client.complete(message)
            } catch ServiceBusFault.lockLost {
                return book.count(.lockLost)
            } catch  where triesLeft > 0 {
                try await clock.sleep(for: Self.emptyPause)
            }
        }
    }

    private func store(_ event: NewEvent, of message: LockedMessage) async throws -> Receipt {
        do {
            return try await whileRenewing(message) { try await intake.accept(event) }
        } catch {
            book.count(.abandoned)
            // If this fails, the lock ends by itself.
            try? await client.abandon(message)
            throw error
        }
    }

    /// Keeps the lock for as long as the work takes.
    private func whileRenewing<Value: Sendable>(
        _ message: LockedMessage, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let renewals = Task { await renew(message) }
        defer { renewals.cancel() }
        return try await work()
    }

    /// Until cancelled, or until the lock is lost; then the message comes again, which is harmless.
    private func renew(_ message: LockedMessage) async {
        while (try? await clock.sleep(for: renewEvery)) != nil {
            do {
                try await client.renew(message)
            } catch ServiceBusFault.lockLost {
                return
            } catch {
                continue
            }
        }
    }

    private func note(_ error: any Error) {
        let reason = Self.reason(of: error)
        if (error as? any DeliveryFault)?.failureKind == .signInRefused { signals.refused(Self.name) }
        guard book.failed(reason) else { return }
        logger.error("no events from Service Bus: \(reason)", metadata: ["code": "\(reason.code)"])
    }

    private func wait(after error: any Error, _ failures: Int) -> Duration {
        let asked = (error as? any DeliveryFault)?.retryAfter
        return Self.waits.wait(failures: failures, retryAfter: asked, jitter: .random(in: -1...1))
            ?? Self.waits.longestWait
    }

    private static func reason(of error: any Error) -> Reason {
        switch error {
        case let fault as any DeliveryFault: fault.reason
        case let fault as StoreFault: Reason(code: "store-unavailable", message: "Nothing is stored: \(fault)")
        default: Reason(code: "unknown", message: "\(error)")
        }
    }
}

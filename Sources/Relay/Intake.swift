/// The way in: what is accepted here is on disk, and the dispatcher knows of it.
public struct Intake: Sendable {
    private let log: any EventLog
    private let observer: any RelayObserver
    private let wake: @Sendable (_ lane: String) -> Void

    public init(
        log: any EventLog, observer: any RelayObserver = SilentObserver(),
        wake: @escaping @Sendable (_ lane: String) -> Void
    ) {
        self.log = log
        self.observer = observer
        self.wake = wake
    }

    /// Returns only when the event is on stable storage, or was before.
    /// - Throws: `StoreFault`; the event must not be acknowledged then.
    public func accept(_ event: NewEvent) async throws -> Receipt {
        let receipt = try await log.append(event)
        tell(of: event, receipt)
        return receipt
    }

    /// The same for events that came together: all of them are on stable storage then, or none is.
    /// - Returns: One receipt for each event, in their sequence.
    public func accept(_ events: [NewEvent]) async throws -> [Receipt] {
        let receipts = try await log.append(events)
        for (event, receipt) in zip(events, receipts) { tell(of: event, receipt) }
        return receipts
    }

    /// The same for a page of a list, with the cursor behind it. What is known already is no news: a list shows its
    /// last rows again and again.
    public func accept(
        _ events: [NewEvent], moving move: CursorMove, in book: any CursorBook
    ) async throws -> [Receipt] {
        let receipts = try await book.append(events, moving: move)
        for (event, receipt) in zip(events, receipts) where !receipt.isDuplicate { tell(of: event, receipt) }
        return receipts
    }

    private func tell(of event: NewEvent, _ receipt: Receipt) {
        observer.notice(.received(receipt, source: event.source, kind: event.kind, subject: event.subject))
        if !receipt.isDuplicate {
            for route in event.routes { wake(route.lane) }
        }
    }
}

import Flows
import Logging
import Relay

/// Places an order in the shop, by the clock and when somebody asks, and sees whether it makes the round trip: into
/// F&O by the road that all orders take, and its number back. Then it is taken back on both sides.
actor SyntheticOrders {
    struct Outcome: Sendable, Equatable {
        var incrementID: String?
        var startedAt: Timestamp
        var finishedAt: Timestamp
        /// From placing it to its number in the shop; `nil` if that did not come.
        var took: Duration?
        var problem: Reason?
    }

    nonisolated let settings: SyntheticOrderSettings
    private let trip: RoundTrip
    private let clock: any WallClock
    private let logger: Logger
    private var work: Task<Void, Never>?
    private(set) var last: Outcome?

    init(_ settings: SyntheticOrderSettings, trip: RoundTrip, clock: any WallClock, logger: Logger) {
        self.settings = settings
        self.trip = trip
        self.clock = clock
        self.logger = logger
    }

    var isRunning: Bool { work != nil }

    /// Works by the clock until it is cancelled.
    func run() async {
        guard let schedule = settings.at.map(DailySchedule.init) else { return }
        while !Task.isCancelled {
            do { try await clock.sleep(until: schedule.next(after: clock.now())) } catch { return }
            begin()
            await work?.value
        }
    }

    /// Begins one that goes on by itself, unless one is under way.
    /// - Returns: Whether it was begun.
    @discardableResult
    func begin() -> Bool {
        guard work == nil else { return false }
        work = Task { await carryOut() }
        return true
    }

    /// What is under way is taken back by the next one.
    func stop() async {
        work?.cancel()
        await work?.value
    }

    private func carryOut() async {
        let startedAt = clock.now()
        var outcome = Outcome(startedAt: startedAt, finishedAt: startedAt)
        do {
            let arrived = try await trip.make(settings.trip(at: startedAt))
            (outcome.incrementID, outcome.took) = (arrived.incrementID, arrived.took)
            outcome.problem = arrived.problem
        } catch is CancellationError {
            work = nil
            return
        } catch {
            let reason = (error as? any DeliveryFault)?.reason
            outcome.problem = reason ?? Reason(code: "synthetic-order-failed", message: "\(error)")
        }
        outcome.finishedAt = clock.now()
        last = outcome
        work = nil
        logger.log(
            level: outcome.problem == nil ? .info : .error, "the synthetic order made its round trip, or did not",
            metadata: [
                "order": "\(outcome.incrementID ?? "none")", "code": "\(outcome.problem?.code ?? "arrived")",
                "milliseconds": "\(outcome.took?.wholeMilliseconds ?? -1)",
            ])
    }
}

extension SyntheticOrderSettings {
    fileprivate func trip(at moment: Timestamp) -> SyntheticOrder {
        SyntheticOrder(
            storeID: storeID, email: email, sku: sku, amount: amount, currency: currency, countryID: country,
            limit: limit, startedAt: moment)
    }
}

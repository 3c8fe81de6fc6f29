import Logging
import Relay

/// Carries the news to one channel, one after the other. A channel that cannot be reached holds up nobody else.
actor AlertCourier {
    /// Notices in one round; more wait for the next one.
    static let maxPerRound = 20
    /// After the first failure; doubles with each further one.
    static let firstWait = Duration.seconds(10)
    static let longestWait = Duration.seconds(900)
    /// No `Retry-After` makes it wait longer.
    static let longestAskedWait = Duration.seconds(3600)

    private let channel: any AlertChannel
    private let watch: AlertWatch
    private let clock: any WallClock
    private let metrics: AlertMetrics
    private let logger: Logger
    private var failures = 0
    private var notBefore: Timestamp?

    init(_ channel: any AlertChannel, watch: AlertWatch, clock: any WallClock, metrics: AlertMetrics, logger: Logger)
    {
        self.channel = channel
        self.watch = watch
        self.clock = clock
        self.metrics = metrics
        self.logger = logger
    }

    /// Sends what the channel has not been told yet, unless it failed a short while ago. Ends at the first failure.
    func deliver() async {
        let now = clock.now()
        // The second condition is for a clock that was set back.
        if let notBefore, now < notBefore, notBefore - now <= Self.longestAskedWait { return }
        for notice in await watch.notices(for: channel.id).prefix(Self.maxPerRound) {
            do throws(AlertSendFailure) {
                note(notice, try await channel.send(notice))
            } catch {
                if error.outcomeIsUnclear { await watch.mayHaveTold(notice, to: channel.id) }
                return postpone(notice, error)
            }
            await watch.told(notice, to: channel.id)
        }
    }

    private func note(_ notice: AlertNotice, _ receipt: AlertReceipt) {
        failures = 0
        notBefore = nil
        metrics.sent(channel.name)
        logger.debug("sent an alert", metadata: fields(notice, ["answer": "\(receipt.answer)"]))
        for complaint in receipt.complaints {
            logger.warning("an alert does not reach everybody: \(complaint)", metadata: fields(notice))
        }
    }

    private func postpone(_ notice: AlertNotice, _ failure: AlertSendFailure) {
        guard !Task.isCancelled else { return }
        failures += 1
        let wait = max(Self.wait(failures: failures), min(failure.retryAfter ?? .zero, Self.longestAskedWait))
        notBefore = clock.now() + wait
        metrics.failed(channel.name)
        logger.warning(
            "an alert could not be sent: \(failure)",
            metadata: fields(notice, ["failures": "\(failures)", "again": "in \(Quantity.text(wait))"]))
    }

    /// 10 s, 20 s, 40 s … up to 15 minutes.
    static func wait(failures: Int) -> Duration {
        min(firstWait * (1 << min(max(failures - 1, 0), 10)), longestWait)
    }

    private func fields(_ notice: AlertNotice, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        let base: Logger.Metadata = [
            "channel": "\(channel.name)", "change": "\(notice.change.rawValue)", "cause": "\(notice.alert.cause)",
        ]
        return base.merging(more) { $1 }
    }
}

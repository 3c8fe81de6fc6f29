import Logging
import Relay

/// The watch and a courier for each channel, at work side by side.
struct Alerts: Sendable {
    let watch: AlertWatch
    private let couriers: [AlertCourier]
    private let every: Duration
    private let clock: any WallClock

    init(
        _ settings: AlertSettings, channels: AlertChannels, senses: AlertSenses, memory: any AlertMemory,
        clock: any WallClock, metrics: AlertMetrics, logger: Logger
    ) {
        let watch = AlertWatch(
            rules: settings.rules, settle: settings.settle, senses: senses, memory: memory,
            channels: channels.all.map(\.id), clock: clock, metrics: metrics, logger: logger)
        self.watch = watch
        couriers = channels.all.map {
            AlertCourier($0, watch: watch, clock: clock, metrics: metrics, logger: logger)
        }
        every = settings.every
        self.clock = clock
    }

    /// Returns when its task is cancelled, with everything saved that can be.
    func run() async {
        await withTaskGroup { group in
            group.addTask { [watch] in for await _ in watch.changes { await watch.save() } }
            var bells: [AsyncStream<Void>.Continuation] = []
            for courier in couriers {
                // Who is still at it when the bell rings twice need hear it only once.
                let (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                bells.append(bell)
                group.addTask { for await _ in rings { await courier.deliver() } }
            }
            // Sleep comes first: a gateway that has just begun is not ready yet, which is no trouble.
            while (try? await clock.sleep(until: clock.now() + every)) != nil {
                await watch.look()
                for bell in bells { bell.yield() }
            }
            for bell in bells { bell.finish() }
        }
        // In a task of its own, which is not cancelled.
        await Task { [watch] in await watch.save() }.value
    }
}

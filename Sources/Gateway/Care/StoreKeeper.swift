import Logging
import Relay
import Synchronization

/// Looks after the store while the gateway works: keeps no more than must be kept, seals with the newest key, makes
/// backups, and watches how the files grow.
final class StoreKeeper: Sendable {
    /// How often the files are looked at.
    static let watchEvery = Duration.seconds(30)
    /// How often something is purged.
    static let purgeEvery = Duration.seconds(3600)

    let backups: BackupKeeper
    let sealing: SealingRound
    let watch: StoreWatch
    let purging: PurgeRound
    let erasing: Erasing
    private let clock: any WallClock

    init(
        _ configuration: GatewayConfiguration, store: any Retention & StoreCare & Erasure, clock: any WallClock,
        logger: Logger
    ) {
        backups = BackupKeeper(configuration.store.backups, store: store, clock: clock, logger: logger)
        sealing = SealingRound(store: store, isOn: configuration.store.encryption != nil, logger: logger)
        watch = StoreWatch(store: store, clock: clock, logger: logger)
        purging = PurgeRound(rules: configuration.retention, store: store, clock: clock, logger: logger)
        erasing = Erasing(store: store, searchKey: configuration.store.encryption?.searchKey)
        self.clock = clock
    }

    /// Works until it is cancelled. The three don't wait for each other: a backup may take long.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.every(Self.watchEvery) { await self.watch.look() } }
            group.addTask { await self.sealing.run() }
            group.addTask { await self.every(Self.purgeEvery) { await self.purging.run() } }
            group.addTask { await self.backups.run() }
        }
    }

    private func every(_ wait: Duration, _ work: () async -> Void) async {
        while !Task.isCancelled {
            await work()
            do { try await clock.sleep(until: clock.now() + wait) } catch { return }
        }
    }
}

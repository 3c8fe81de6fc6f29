import Relay
import Synchronization

/// Lanes and parked deliveries, read with limited patience: a disk that hangs must not silence the watch that should
/// tell of it.
final class StoreGlance: Sendable {
    struct View: Sendable {
        var lanes: [LaneOverview]
        var parked: ParkedSample
    }

    static let patience = Duration.seconds(10)

    private let inspection: any Inspection
    private let census: ParkedCensus
    private let patience: Duration
    /// At most one, so that a store that hangs is not asked again and again.
    private let reading = Mutex<Task<View?, Never>?>(nil)

    init(inspection: any Inspection, patience: Duration = StoreGlance.patience) {
        self.inspection = inspection
        self.patience = patience
        census = ParkedCensus(inspection: inspection)
    }

    /// - Returns: `nil` if the store refused, or has not answered yet.
    func view(at now: Timestamp) async -> View? {
        let task = reading.withLock { reading in
            let task = reading ?? Task { await self.read(now) }
            reading = task
            return task
        }
        guard let view = await task.value(by: ContinuousClock.now + patience) else { return nil }
        reading.withLock { if $0 == task { $0 = nil } }
        return view
    }

    private func read(_ now: Timestamp) async -> View? {
        guard let lanes = try? await inspection.everyLane(now: now), let parked = try? await census.sample(lanes)
        else { return nil }
        return View(lanes: lanes, parked: parked)
    }
}

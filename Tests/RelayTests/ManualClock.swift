import Relay

/// A clock that stands still until a test turns it.
final class ManualClock: WallClock {
    private struct Sleeper: Sendable {
        /// On the wall clock as it stood when the sleep began.
        let moment: Timestamp
        let wakesAt: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Face: Sendable {
        var now: Timestamp
        var uptime = Duration.seconds(1000)
        var lastID = 0
        var sleepers: [Int: Sleeper] = [:]
        var isTurning = false

        /// When the next sleeper wakes, if that is no further off than this.
        func nextAlarm(upTo limit: Duration) -> Duration? {
            sleepers.values.map(\.wakesAt).min().flatMap { $0 - uptime <= limit ? $0 : nil }
        }
    }

    static let start = Timestamp(millisecondsSince1970: 1_700_000_000_000)
    let boot: String? = "a boot"
    private let face = Watched(Face(now: start))

    func now() -> Timestamp { face.value.now }
    func uptime() -> Duration { face.value.uptime }

    func sleep(until moment: Timestamp) async throws { try await sleep(for: moment - now()) }

    func sleep(for duration: Duration) async throws {
        let id = face.update { face in
            face.lastID += 1
            return face.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let verdict: Result<Void, any Error>? = face.update { face in
                    // Cancelled before it is registered: seen here. Cancelled later: `wake` finds it registered.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if duration <= .zero { return .success(()) }
                    face.sleepers[id] = Sleeper(
                        moment: face.now + duration, wakesAt: face.uptime + duration, continuation: continuation)
                    return nil
                }
                if let verdict { continuation.resume(with: verdict) }
            }
        } onCancel: {
            face.update { $0.sleepers.removeValue(forKey: id) }?.continuation
                .resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) { advance(to: now() + duration) }

    func advance(to moment: Timestamp) {
        let woken = face.update { face in
            let step = max(.zero, moment - face.now)
            face.now = face.now + step
            face.uptime += step
            let uptime = face.uptime
            let woken = face.sleepers.filter { $0.value.wakesAt <= uptime }
            for id in woken.keys { face.sleepers[id] = nil }
            return woken.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Sets the wall clock, as a person or a time server does. Nobody's sleep becomes shorter or longer by it.
    func jump(by duration: Duration) { face.update { $0.now = $0.now + duration } }

    /// Returns once `count` tasks sleep.
    func untilAsleep(_ count: Int) async { await face.until { $0.sleepers.count >= count } }

    /// Returns once a task sleeps until exactly this moment.
    func untilAsleep(until moment: Timestamp) async {
        await face.until { $0.sleepers.values.contains { $0.moment == moment } }
    }

    /// Turns the clock from alarm to alarm while `body` waits for something to happen.
    /// - Parameter limit: Waits for an alarm that is no further off than this, so that nobody who is about to set one
    ///   is overtaken by those of others.
    func turning(upTo limit: Duration = .seconds(1_000_000_000), while body: () async -> Void) async {
        face.update { $0.isTurning = true }
        let hand = Task {
            while !Task.isCancelled {
                await self.face.until { $0.nextAlarm(upTo: limit) != nil || !$0.isTurning }
                let face = self.face.value
                guard face.isTurning else { return }
                if let next = face.nextAlarm(upTo: limit) { self.advance(by: next - face.uptime) }
                await Task.yield()
            }
        }
        await body()
        face.update { $0.isTurning = false }
        await hand.value
    }
}

extension Timestamp {
    static let distantFuture = Timestamp(millisecondsSince1970: .max)
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the relay reads the time, so that tests turn the clock by hand.
public protocol WallClock: Sendable {
    func now() -> Timestamp
    /// - Throws: `CancellationError` if the task is cancelled.
    func sleep(until moment: Timestamp) async throws
}

public struct SystemClock: WallClock {
    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public func sleep(until moment: Timestamp) async throws {
        try await Task.sleep(for: max(.zero, moment - now()))
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the relay reads the time, so that tests turn the clock by hand.
public protocol WallClock: Sendable {
    func now() -> Timestamp
    /// Time that has passed since some moment before the process began. Never jumps, whatever becomes of `now`.
    func uptime() -> Duration
    /// The same for processes whose `uptime` counts from the same moment; `nil` if that is not known.
    var boot: String? { get }
    /// - Throws: `CancellationError` if the task is cancelled.
    func sleep(until moment: Timestamp) async throws
    /// - Throws: `CancellationError` if the task is cancelled.
    func sleep(for duration: Duration) async throws
}

extension WallClock {
    public var boot: String? { nil }
    public func uptime() -> Duration { .milliseconds(now().millisecondsSince1970) }
    public func sleep(for duration: Duration) async throws { try await sleep(until: now() + duration) }
}

public struct SystemClock: WallClock {
    /// random(4): "a random string identifying the boot".
    private static let boot: String? = {
        #if os(Linux)
            guard let file = fopen("/proc/sys/kernel/random/boot_id", "r") else { return nil }
            defer { fclose(file) }
            var text: [UInt8] = []
            while text.count < 64, case let byte = fgetc(file), byte > 0x20 { text.append(UInt8(byte)) }
            return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
        #else
            return nil
        #endif
    }()

    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Counts time during which the machine was suspended, since the rest of the world goes on.
    public func uptime() -> Duration {
        var time = timespec()
        #if os(Linux)
            clock_gettime(CLOCK_BOOTTIME, &time)
        #else
            clock_gettime(CLOCK_MONOTONIC, &time)
        #endif
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    public var boot: String? { Self.boot }

    public func sleep(until moment: Timestamp) async throws { try await sleep(for: moment - now()) }

    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: max(.zero, duration)) }
}

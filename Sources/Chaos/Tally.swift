import Synchronization

/// Counts by name.
final class Tally: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func count(_ name: String, _ more: Int = 1) { counts.withLock { $0[name, default: 0] += more } }

    /// Keeps the largest value.
    func peak(_ name: String, _ value: Int) { counts.withLock { $0[name] = max($0[name] ?? 0, value) } }

    subscript(name: String) -> Int { counts.withLock { $0[name] ?? 0 } }

    var all: [String: Int] { counts.withLock { $0 } }
}

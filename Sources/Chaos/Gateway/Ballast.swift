import Foundation
import Glibc
import Synchronization

/// A file that takes all the room of a disk.
final class Ballast: Sendable {
    private let path: String
    /// When there was room again; `nil` if there always was.
    private let emptiedAt = Mutex<ContinuousClock.Instant?>(nil)

    init(path: String) { self.path = path }

    /// Whether the disk was full within this time; it counts as full from `fill` to `empty`.
    func wasFull(within duration: Duration) -> Bool {
        access(path, F_OK) == 0 || emptiedAt.withLock { $0.map { $0 + duration > .now } ?? false }
    }

    private static let block = 1 << 20

    /// - Throws: `ChaosError.system`; a full disk is what is wanted, and no error.
    func fill() throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ChaosError.system(call: "open of \(path)", code: errno) }
        defer { close(descriptor) }
        // Large blocks first, then small ones for the rest.
        for size in [Self.block, 4096] {
            let bytes = [UInt8](repeating: 0, count: size)
            while write(descriptor, bytes, size) > 0 {}
            guard errno == ENOSPC else { throw ChaosError.system(call: "write to \(path)", code: errno) }
        }
    }

    func empty() {
        emptiedAt.withLock { $0 = .now }
        unlink(path)
    }
}

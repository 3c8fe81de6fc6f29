import Foundation
import TestSupport

/// The wall clock of the gateway's process, which can be turned while it runs.
final class ShiftedClock: Sendable {
    private let library: String
    private let file: String

    /// - Returns: `nil` where no C compiler makes the library.
    init?(folder: String) {
        let source = folder + "/clock_shift.c"
        library = folder + "/clock_shift.so"
        file = folder + "/clock_shift"
        do {
            try Data(PackageResources.clock_shift_c).write(to: URL(fileURLWithPath: source))
            let compiler = try ChildProcess(
                "/usr/bin/env", ["cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"])
            guard compiler.waitUntilExit() == 0 else { return nil }
            // Written once whole; after that only its bytes change, so that the process sees them in its map.
            try Data(count: MemoryLayout<Int64>.size).write(to: URL(fileURLWithPath: file))
        } catch {
            return nil
        }
    }

    /// For env(1).
    var environment: [String] { ["LD_PRELOAD=\(library)", "CLOCK_SHIFT=\(file)"] }

    /// - Parameter shift: From the real time.
    func set(_ shift: Duration) throws {
        let (seconds, attoseconds) = shift.components
        let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        defer { try? handle.close() }
        try handle.write(contentsOf: withUnsafeBytes(of: nanoseconds) { Data($0) })
    }
}

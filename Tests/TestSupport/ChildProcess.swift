import Dispatch
import Foundation
public import Glibc
import Synchronization

/// A child process, started by `posix_spawn` itself: Foundation's `Process` crashes now and then when several threads
/// start one at the same time, and hands its own blocked signals on.
public final class ChildProcess: Sendable {
    public enum Stream: Sendable {
        case null
        /// Written from its beginning.
        case file(String)
        case descriptor(Int32)
    }

    public struct NotStarted: Error {
        public let executable: String
        public let errno: Int32
    }

    public let processIdentifier: pid_t
    /// The exit status, once known; 128 + the signal for a process that a signal ended.
    private let status = Mutex<Int32?>(nil)

    /// - Throws: `NotStarted`.
    public init(
        _ executable: String, _ arguments: [String], input: Stream = .null, output: Stream = .null,
        errors: Stream = .null
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, errors)] {
            stream.prepare(&actions, number)
        }
        // Sockets of other tests must not live on in the child.
        for descriptor in ChildProcess.openDescriptors where descriptor > STDERR_FILENO {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var pid = pid_t()
        var strings = ([executable] + arguments).map { strdup($0) }
        defer { for string in strings { free(string) } }
        strings.append(nil)
        let error = posix_spawn(&pid, executable, &actions, &attributes, strings, environ)
        guard error == 0 else { throw NotStarted(executable: executable, errno: error) }
        processIdentifier = pid
    }

    /// Of this process. Closing one in the child that is gone by then is no error (glibc's `posix_spawn`).
    private static var openDescriptors: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    public func send(_ signal: Int32) {
        // Under the lock, so that the number still belongs to this process.
        status.withLock { if $0 == nil { kill(processIdentifier, signal) } }
    }

    /// - Returns: The exit status if the process has ended.
    public var exitStatus: Int32? {
        status.withLock { status in
            if status == nil { status = reap(WNOHANG) }
            return status
        }
    }

    /// Waits on a thread of its own: waiting blocks.
    @discardableResult
    public func ended() async -> Int32 {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: self.waitUntilExit()) }
        }
    }

    @discardableResult
    public func waitUntilExit() -> Int32 {
        // Seen without reaping first, so that nobody waits under the lock.
        var information = siginfo_t()
        while waitid(P_PID, id_t(processIdentifier), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        return status.withLock { status in
            let known = status ?? reap(0) ?? -1
            status = known
            return known
        }
    }

    private func reap(_ options: Int32) -> Int32? {
        var raw: Int32 = 0
        guard waitpid(processIdentifier, &raw, options) == processIdentifier else { return nil }
        let signal = raw & 0x7f
        return signal == 0 ? (raw >> 8) & 0xff : 128 + signal
    }
}

extension ChildProcess.Stream {
    fileprivate func prepare(_ actions: inout posix_spawn_file_actions_t, _ number: Int32) {
        switch self {
        case .null: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
        case .file(let path):
            posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        }
    }
}

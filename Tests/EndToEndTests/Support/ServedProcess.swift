import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport

/// The real `causeway serve`, in a process of its own that can be killed and started again.
final class ServedProcess: Sendable {
    let url: String
    private let configuration: String
    private let launcher: [String]
    private let transport: any HTTPTransport
    private let current = Mutex<ChildProcess?>(nil)

    enum Failure: Error, Equatable {
        case neverReady(String)
    }

    /// - Parameters:
    ///   - configuration: Path of a `causeway.yaml` that listens on `port`.
    ///   - launcher: A command, with its path, that becomes the one behind it: `prlimit --nofile=64`.
    init(
        configuration: String, port: Int, scheme: String = "http", transport: any HTTPTransport,
        launcher: [String] = []
    ) {
        self.launcher = launcher
        self.configuration = configuration
        self.url = "\(scheme)://127.0.0.1:\(port)"
        self.transport = transport
    }

    /// Starts it and waits until it is ready.
    func start() async throws {
        let process = try spawn()
        current.withLock { $0 = process }
        let limit = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < limit {
            if await status("/health/ready") == 200 { return }
            if let status = process.exitStatus { throw Failure.neverReady("exit status \(status)") }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Failure.neverReady("no 200 from /health/ready")
    }

    /// Starts it where it cannot start.
    /// - Returns: Its exit status and what it said.
    func failToStart() async throws -> (status: Int32, words: String) {
        let folder = try TemporaryFolder()
        let process = try spawn(errors: .file(folder.path("errors")))
        let status = await process.ended()
        return (status, try String(contentsOf: folder.url.appending(path: "errors"), encoding: .utf8))
    }

    private func spawn(errors: ChildProcess.Stream = .null) throws -> ChildProcess {
        let command = launcher + [Command.executable, "serve", "--config", configuration]
        return try ChildProcess(command[0], Array(command.dropFirst()), errors: errors)
    }

    /// SIGKILL: what is not on disk is gone.
    func kill() async {
        guard let process = current.withLock({ $0 }) else { return }
        process.send(SIGKILL)
        await process.ended()
    }

    /// SIGHUP: certificates are read again.
    func hangUp() {
        current.withLock { $0 }?.send(SIGHUP)
    }

    /// SIGTERM.
    /// - Returns: The exit status.
    @discardableResult
    func stop() async -> Int32 {
        guard let process = current.withLock({ $0 }) else { return 0 }
        process.send(SIGTERM)
        return await process.ended()
    }

    func get(_ path: String) async throws(TransportError) -> OutboundResponse {
        try await transport.send(OutboundRequest(method: .get, url: url + path, timeout: .seconds(10)))
    }

    private func status(_ path: String) async -> Int? {
        try? await get(path).status
    }
}

import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport

/// The real `causeway serve`, which comes back after each kill.
final class ServedGateway: Sendable {
    let url: String
    private let executable: String
    private let configuration: String
    private let folder: String
    private let clock: ShiftedClock?
    private let transport: any HTTPTransport
    private let current = Mutex<(process: ChildProcess?, starts: Int)>((nil, 0))

    private static let readyWithin = Duration.seconds(60)
    private static let lookAgainAfter = Duration.milliseconds(20)

    /// - Parameters:
    ///   - configuration: Path of a `causeway.yaml` that listens on `port`.
    ///   - folder: For what the process writes to standard error.
    init(
        executable: String, configuration: String, port: Int, folder: String, clock: ShiftedClock?,
        transport: any HTTPTransport
    ) {
        self.executable = executable
        self.configuration = configuration
        self.folder = folder
        self.clock = clock
        self.transport = transport
        url = "http://127.0.0.1:\(port)"
    }

    /// Starts it and waits until it listens; ready it may not be in this weather.
    func start() async throws {
        var command = [executable, "serve", "--config", configuration]
        if let clock { command = ["/usr/bin/env"] + clock.environment + command }
        let log = current.withLock { current in
            current.starts += 1
            return "\(folder)/serve-\(current.starts).log"
        }
        let process = try ChildProcess(command[0], Array(command.dropFirst()), errors: .file(log))
        current.withLock { $0.process = process }
        let limit = ContinuousClock.now + Self.readyWithin
        while ContinuousClock.now < limit {
            if (try? await get("/health/live").status) == 200 { return }
            if let status = process.exitStatus {
                let words = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                throw ChaosError.notReady(detail: "it ended with status \(status): \(words.suffix(2000))")
            }
            try await Task.sleep(for: Self.lookAgainAfter)
        }
        throw ChaosError.notReady(detail: "no answer from /health/live")
    }

    /// SIGKILL: what is not on disk is gone.
    func kill() async {
        guard let process = current.withLock({ $0.process }) else { return }
        process.send(SIGKILL)
        await process.ended()
    }

    /// SIGTERM.
    /// - Returns: The exit status.
    func stop() async -> Int32 {
        guard let process = current.withLock({ $0.process }) else { return 0 }
        process.send(SIGTERM)
        return await process.ended()
    }

    var residentKiB: Int {
        guard let id = current.withLock({ $0.process?.processIdentifier }) else { return 0 }
        let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }

    /// Undelivered and parked records; `nil` if it does not say.
    func status() async -> (backlog: Int, parked: Int)? {
        struct Status: Decodable {
            var backlog: Int
            var parked: Int
        }
        guard let answer = try? await get("/status"),
            let status = try? JSONDecoder().decode(Status.self, from: Data(answer.body))
        else { return nil }
        return (status.backlog, status.parked)
    }

    private func get(_ path: String) async throws(TransportError) -> OutboundResponse {
        try await transport.send(OutboundRequest(method: .get, url: url + path, timeout: .seconds(5)))
    }
}

import ArgumentParser
import Foundation
import Glibc

/// What connections cost that do little: memory, descriptors, and the patience of those who are served.
struct Connections: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Idle and slow connections beside served ones; many that come and go.")

    @Option(help: "Connections that send nothing.") var idle = 1000
    @Option(help: "Connections that send one byte a second.") var slow = 200
    @Option(help: "Connections opened and closed.") var churn = 10_000
    @Option(help: "Connections that are served meanwhile.") var served = 16
    @Option(help: "Seconds to measure those who are served.") var seconds = 5.0
    @Option(help: "The causeway binary; by default the one beside this binary.") var causeway: String?

    /// Connections of the churn that are open at the same time.
    private static let wave = 500
    /// Time for the server to notice that connections are gone.
    private static let settleMicroseconds: useconds_t = 500_000

    func validate() throws {
        guard [idle, slow, churn].allSatisfy((0...20_000).contains), served > 0, seconds > 0 else {
            throw ValidationError("--idle, --slow and --churn must be in 0...20000, the others positive.")
        }
    }

    func run() throws {
        signal(SIGPIPE, SIG_IGN)
        try TemporaryFolder.with(parent: Here.folder) { folder in
            let server = try ServerProcess(
                executable: causeway ?? Here.folder + "/causeway", folder: folder,
                signature: #"hmacSecret: "not-used-by-connections""#)
            defer { server.stop() }
            try server.start()
            let alone = try latency(server) {}
            print("served alone            ", alone)
            try open(server)
            try comeAndGo(server)
        }
    }

    private func open(_ server: ServerProcess) throws {
        let before = (memory: server.residentKiB, descriptors: server.descriptors)
        let idle = try (0..<idle).map { _ in try LoadConnection(port: server.port) }
        let slow = try (0..<slow).map { _ in try LoadConnection(port: server.port) }
        defer { for connection in idle + slow { connection.close() } }
        usleep(Self.settleMicroseconds)
        let grown = server.residentKiB - before.memory
        print(
            "memory                  ",
            "\(number(Double(grown) / Double(max(idle.count + slow.count, 1)), 2)) KiB per connection,",
            "\(server.descriptors - before.descriptors) descriptors for \(idle.count + slow.count) connections")
        let trickle = Trickle(slow.map(\.descriptor))
        print("beside idle and slow    ", try latency(server) { trickle.sendDue() })
    }

    private func latency(_ server: ServerProcess, _ meanwhile: @escaping () -> Void) throws -> String {
        var generator = try LoadGenerator(
            port: server.port, connections: served, source: HealthRequests(port: server.port, keepsAlive: true),
            keepsAlive: true)
        defer { generator.close() }
        generator.meanwhile = meanwhile
        let result = try generator.run(warmUp: 0.5, seconds: seconds, drain: 1) {}
        func milliseconds(_ nanoseconds: UInt64) -> String { number(Double(nanoseconds) / 1e6, 2) }
        return """
            \(number(result.perSecond, 0))/s, p50 \(milliseconds(result.latencies.percentile(0.5))) ms, \
            p99 \(milliseconds(result.latencies.percentile(0.99))) ms, max \(milliseconds(result.latencies.largest)) ms
            """
    }

    private func comeAndGo(_ server: ServerProcess) throws {
        // The first wave makes what is kept for reuse.
        try wave(server, min(Self.wave, churn))
        usleep(Self.settleMicroseconds)
        let before = (memory: server.residentKiB, descriptors: server.descriptors)
        var left = churn
        while left > 0 {
            try wave(server, min(Self.wave, left))
            left -= Self.wave
        }
        usleep(Self.settleMicroseconds)
        print(
            "after \(churn) came and went:", "\(server.descriptors - before.descriptors) descriptors more,",
            "\(server.residentKiB - before.memory) KiB more")
    }

    private func wave(_ server: ServerProcess, _ count: Int) throws {
        let request = HealthRequests(port: server.port, keepsAlive: true)
        for var connection in try (0..<count).map({ _ in try LoadConnection(port: server.port) }) {
            try connection.send(request.head, [])
            connection.close()
        }
    }
}

/// Sends a request on each of some connections, byte by byte, one byte a second.
private final class Trickle {
    private static let interval: UInt64 = 1_000_000_000

    private let descriptors: [Int32]
    private let wire = Array("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8)
    private var sent = 0
    private var due = monotonicNanoseconds()

    init(_ descriptors: [Int32]) { self.descriptors = descriptors }

    func sendDue() {
        guard monotonicNanoseconds() >= due, sent < wire.count else { return }
        due += Self.interval
        for descriptor in descriptors { send(descriptor, [wire[sent]], 1, Int32(MSG_NOSIGNAL)) }
        sent += 1
    }
}

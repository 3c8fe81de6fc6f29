import ArgumentParser
import CSockets
import Foundation
import Glibc

/// `GET /health/live` on the real gateway, in turns with a bare epoll loop that sends the same bytes: what the HTTP
/// server costs beyond the kernel. The generator is the same for both and shares the machine with them.
struct PlainRequests: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http", abstract: "Plain requests a second, beside a bare epoll loop in C.")

    @Option(parsing: .upToNextOption, help: "Numbers of connections, each with one request in flight.")
    var connections = [1, 16, 128, 1000]
    @Option(help: "Seconds of each measurement; each is done twice, in turns.") var seconds = 2.0
    @Option(help: "Connections for the measurement without keep-alive; 0 leaves it out.") var fresh = 64
    @Flag(help: "Speak TLS, with a certificate made for this run; without keep-alive each request is a handshake.")
    var tls = false
    @Option(help: "The causeway binary; by default the one beside this binary.") var causeway: String?

    private static let warmUp = 0.5
    private static let rounds = 2

    func validate() throws {
        guard connections.allSatisfy((1...10_000).contains), (0...10_000).contains(fresh), seconds > 0 else {
            throw ValidationError("--connections and --fresh must be in 1...10000, --seconds positive.")
        }
    }

    func run() throws {
        signal(SIGPIPE, SIG_IGN)
        try TemporaryFolder.with(parent: Here.folder) { folder in
            let server = try ServerProcess(
                executable: causeway ?? Here.folder + "/causeway", folder: folder,
                signature: #"hmacSecret: "not-used-by-plain-requests""#, usesTLS: tls)
            defer { server.stop() }
            try server.start()
            print("connections  keep-alive  causeway/s  p50 ms  p99 ms  CPU µs", terminator: "")
            print(tls ? "" : "  bare loop/s  p50 ms  p99 ms  CPU µs  ratio")
            for count in connections { try measure(server, count, keepsAlive: true) }
            if fresh > 0 { try measure(server, fresh, keepsAlive: false) }
        }
    }

    private func measure(_ server: ServerProcess, _ connections: Int, keepsAlive: Bool) throws {
        let request = HealthRequests(port: server.port, keepsAlive: keepsAlive)
        // TLS has no yardstick in C here.
        let bare = tls ? nil : try BareLoop(answer: try server.exchange(request.head), closes: !keepsAlive)
        var (ours, theirs) = (Sum(), Sum())
        for _ in 0..<Self.rounds {
            try load(server.port, connections, keepsAlive, server.tls, into: &ours) { server.cpuSeconds }
            guard let bare else { continue }
            try load(bare.port, connections, keepsAlive, nil, into: &theirs, cpuSeconds: ownCPUSecondsOfOtherThreads)
        }
        print(column(String(connections), 11), column(keepsAlive ? "yes" : "no", 11), ours.text, terminator: "")
        guard bare != nil else { return print() }
        print(" ", theirs.text, column(number(ours.perSecond / theirs.perSecond * 100, 0) + " %", 6))
    }

    private func load(
        _ port: UInt16, _ connections: Int, _ keepsAlive: Bool, _ tls: TLSClient?, into sum: inout Sum,
        cpuSeconds: () -> Double
    ) throws {
        var generator = try LoadGenerator(
            port: port, connections: connections, source: HealthRequests(port: port, keepsAlive: keepsAlive),
            keepsAlive: keepsAlive, tls: tls)
        defer { generator.close() }
        var marks: [Double] = []
        let result = try generator.run(warmUp: Self.warmUp, seconds: seconds, drain: 1) { marks.append(cpuSeconds()) }
        guard result.otherAnswers.isEmpty else {
            throw BenchError.server("health requests were answered \(result.otherAnswers)")
        }
        sum.add(result, cpuSeconds: marks[1] - marks[0])
    }

    /// Both rounds together.
    private struct Sum {
        private var answers = 0
        private var nanoseconds: UInt64 = 0
        private var cpuSeconds = 0.0
        private var latencies = LatencyHistogram()

        var perSecond: Double { Double(answers) / (Double(max(nanoseconds, 1)) / 1e9) }

        var text: String {
            func milliseconds(_ part: Double) -> String {
                column(number(Double(latencies.percentile(part)) / 1e6, 2), 7)
            }
            let cpu = number(cpuSeconds * 1e6 / Double(max(answers, 1)), 1)
            return "\(column(number(perSecond, 0), 11)) \(milliseconds(0.5)) \(milliseconds(0.99)) \(column(cpu, 7))"
        }

        mutating func add(_ result: LoadResult, cpuSeconds: Double) {
            answers += result.acknowledged
            nanoseconds += result.measuredNanoseconds
            latencies.add(result.latencies)
            self.cpuSeconds += cpuSeconds
        }
    }
}

/// User and system time of this process without the thread that asks: of the bare loop, when the generator asks.
private func ownCPUSecondsOfOtherThreads() -> Double {
    func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - seconds(CLOCK_THREAD_CPUTIME_ID)
}

/// With separators for thousands.
func number(_ value: Double, _ digits: Int) -> String {
    value.formatted(.number.precision(.fractionLength(digits)).locale(Locale(identifier: "en_US")))
}

/// Flush right.
func column(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}

import ArgumentParser
import Cryptography
import Foundation
import GRDBSQLite
import Glibc

/// Starts a real gateway, posts signed orders to it as fast as it acknowledges them, and then asks the same disk
/// what it can do at best.
struct Ingest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Durable intake: acknowledged orders a second, beside the raw commit rate of the same disk.")

    @Option(help: "Connections, each with one request in flight.") var connections = 64
    @Option(help: "Seconds to measure.") var seconds = 10.0
    @Option(help: "Seconds to send before the measurement.") var warmUp = 2.0
    @Option(help: "Bytes of each order's JSON.") var size = 2048
    @Flag(inversion: .prefixedNo, help: "Use a connection for many requests.") var keepalive = true
    @Option(help: "Seconds to measure the raw commit rate.") var rawSeconds = 3.0
    @Option(help: "The causeway binary; by default the one beside this binary.") var causeway: String?
    @Option(help: "Where the store is made, on the disk to be measured; by default beside this binary.")
    var folder: String?
    @Flag(help: "Print the result as JSON.") var json = false

    private static let drainSeconds = 5.0

    func validate() throws {
        guard (1...10_000).contains(connections) else {
            throw ValidationError("--connections is \(connections); it must be in 1...10000.")
        }
        guard (1024...(1 << 20)).contains(size) else {
            throw ValidationError("--size is \(size); it must be in 1024...\(1 << 20) bytes.")
        }
        guard seconds > 0, rawSeconds > 0, warmUp >= 0 else {
            throw ValidationError("--seconds, --raw-seconds and --warm-up must be positive.")
        }
    }

    func run() throws {
        // A server that goes away is seen as an error of the write, not as the end of this process.
        signal(SIGPIPE, SIG_IGN)
        let here = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
        let folder = try Self.makeFolder(in: folder ?? here)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let report = try measure(causeway ?? here + "/causeway", folder)
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            print(report.text)
        }
        if !report.isSound { throw ExitCode.failure }
    }

    private func measure(_ executable: String, _ folder: String) throws -> IngestReport {
        let secret = Hex.encode((0..<32).map { _ in .random(in: .min ... .max) })
        let server = try ServerProcess(executable: executable, folder: folder, secret: secret)
        defer { server.stop() }
        try server.start()
        let idle = server.residentKiB

        let template = OrderTemplate(
            key: Array(secret.utf8), host: "127.0.0.1:\(server.port)", size: size, keepsAlive: keepalive)
        var generator = try LoadGenerator(
            port: server.port, connections: connections, template: template, keepsAlive: keepalive)
        defer { generator.close() }
        var marks: [(server: Double, generator: Double)] = []
        let load = try generator.run(warmUp: warmUp, seconds: seconds, drain: Self.drainSeconds) {
            marks.append((server.cpuSeconds, Self.ownCPUSeconds))
        }
        let final = server.residentKiB
        server.stop()

        let stored = try Self.storedEvents(server.storePath)
        let raw = try GroupCommitRate.measure(
            path: folder + "/raw.db", bodySize: template.body.count, seconds: rawSeconds)
        let measured = Double(load.measuredNanoseconds) / 1e9
        let rate = Double(load.acknowledged) / measured
        return IngestReport(
            connections: connections, keepAlive: keepalive, bodyBytes: template.body.count, seconds: measured,
            acknowledgedPerSecond: rate, latency: IngestReport.Latency(load.latencies),
            otherAnswers: Dictionary(uniqueKeysWithValues: load.otherAnswers.map { (String($0), $1) }),
            unanswered: load.unanswered, acknowledgedInAll: load.acknowledgedInAll, storedInAll: stored,
            serverCPUSeconds: marks[1].server - marks[0].server,
            generatorCPUSeconds: marks[1].generator - marks[0].generator, secondsToReady: server.secondsToReady,
            idleResidentMiB: Double(idle) / 1024, finalResidentMiB: Double(final) / 1024, rawEventsPerSecond: raw,
            ratio: rate / raw)
    }

    private static func storedEvents(_ path: String) throws -> Int {
        let file = try SQLiteFile(path: path, flags: SQLITE_OPEN_READWRITE)
        defer { file.close() }
        return try file.integer("SELECT count(*) FROM event")
    }

    private static func makeFolder(in parent: String) throws -> String {
        var template = Array((parent + "/causeway-bench-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchError.last("mkdtemp in \(parent)") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static var ownCPUSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}

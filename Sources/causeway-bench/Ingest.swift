import ArgumentParser
import Foundation
import Glibc

/// Starts a real gateway, posts signed orders to it as fast as it acknowledges them, and then asks the same disk
/// what it can do at best.
struct Ingest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Durable intake: acknowledged orders a second, beside the raw commit rate of the same disk.")

    @Option(help: "Connections, each with one request in flight.") var connections = 64
    @Option(help: "Seconds to measure; by default 10, and 5 for each row of the table.") var seconds: Double?
    @Option(help: "Seconds to send before the measurement.") var warmUp = 2.0
    @Option(help: "Bytes of each order's JSON.") var size = 2048
    @Option(help: "How orders are signed.") var signature = IngestSetup.Signature.hmac
    @Option(help: "Orders signed before the measurement, with --signature rsa; it ends with the last one.")
    var presigned = 60_000
    @Option(help: "Undelivered events in the store before the first order.") var backlog = 0
    @Flag(inversion: .prefixedNo, help: "Use a connection for many requests.") var keepalive = true
    @Flag(help: "Speak TLS, with a certificate made for this run; without keep-alive each request is a handshake.")
    var tls = false
    @Option(help: "Seconds to measure the raw commit rate; 0 leaves it out.") var rawSeconds = 3.0
    @Flag(help: "Measure the published table instead: connections, sizes, signatures, a backlog of a million.")
    var matrix = false
    @Option(help: "The causeway binary; by default the one beside this binary.") var causeway: String?
    @Option(help: "Where the store is made, on the disk to be measured; by default beside this binary.")
    var folder: String?
    @Flag(help: "Print the result as JSON.") var json = false

    func validate() throws {
        guard (1...10_000).contains(connections) else {
            throw ValidationError("--connections is \(connections); it must be in 1...10000.")
        }
        guard (1024...(1 << 20)).contains(size) else {
            throw ValidationError("--size is \(size); it must be in 1024...\(1 << 20) bytes.")
        }
        guard seconds ?? 1 > 0, rawSeconds >= 0, warmUp >= 0 else {
            throw ValidationError("--seconds must be positive, --raw-seconds and --warm-up not negative.")
        }
        guard backlog == 0 || (2...10_000_000).contains(backlog) else {
            throw ValidationError("--backlog is \(backlog); it must be 0 or in 2...10000000.")
        }
        guard (1...1_000_000).contains(presigned) else {
            throw ValidationError("--presigned is \(presigned); it must be in 1...1000000.")
        }
    }

    func run() throws {
        // A server that goes away is seen as an error of the write, not as the end of this process.
        signal(SIGPIPE, SIG_IGN)
        let setups = matrix ? IngestSetup.matrix : [setup]
        var reports: [IngestReport] = []
        if matrix, !json { print(IngestReport.tableHead) }
        for var setup in setups {
            if matrix { (setup.seconds, setup.warmUp, setup.presigned) = (seconds ?? 5, warmUp, presigned) }
            let report = try TemporaryFolder.with(parent: folder ?? Here.folder) {
                try IngestRun(setup: setup, executable: causeway ?? Here.folder + "/causeway", folder: $0).measure()
            }
            reports.append(report)
            if matrix, !json { print(report.tableRow) }
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try matrix ? encoder.encode(reports) : encoder.encode(reports[0]), as: UTF8.self))
        } else if !matrix {
            print(reports[0].text)
        }
        if !reports.allSatisfy(\.isSound) { throw ExitCode.failure }
    }

    private var setup: IngestSetup {
        IngestSetup(
            connections: connections, keepsAlive: keepalive, usesTLS: tls, size: size, signature: signature,
            backlog: backlog,
            seconds: seconds ?? 10, warmUp: warmUp, presigned: presigned, rawSeconds: rawSeconds)
    }
}

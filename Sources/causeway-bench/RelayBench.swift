import ArgumentParser
import Foundation
import Glibc

/// Delivers orders of four calls each to a far side that answers in a fixed time, through the relay's own
/// dispatcher, store and HTTP client; then starts the real program with a large backlog.
struct RelayBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relay",
        abstract: "Delivery: acknowledgement to done, orders a second, claims, restart and memory with a backlog.")

    @Option(help: "Milliseconds in which the far side answers.") var answer = 5
    @Option(help: "Orders a second while latency is measured.") var rate = 200
    @Option(help: "Seconds of each of the two loads.") var seconds = 10.0
    @Option(help: "Deliveries at work at the same time.") var concurrency = 64
    @Option(help: "Undelivered events for claims, restart and memory; 0 leaves these out.") var backlog = 1_000_000
    @Option(help: "Seconds to watch the memory of the program with its backlog.") var watch = 20.0
    @Option(help: "The causeway binary; by default the one beside this binary.") var causeway: String?
    @Option(help: "Where the stores are made, on the disk to be measured; by default beside this binary.")
    var folder: String?
    @Flag(help: "Print the result as JSON.") var json = false

    func validate() throws {
        guard (0...10_000).contains(answer), (1...10_000).contains(rate), (1...1024).contains(concurrency) else {
            throw ValidationError("--answer must be in 0...10000, --rate in 1...10000, --concurrency in 1...1024.")
        }
        guard seconds > 0, watch >= 0 else {
            throw ValidationError("--seconds must be positive, --watch not negative.")
        }
        guard backlog == 0 || (2000...10_000_000).contains(backlog) else {
            throw ValidationError("--backlog is \(backlog); it must be 0 or in 2000...10000000.")
        }
    }

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let parent = folder ?? Here.folder
        let farSide = try FarSideProcess(milliseconds: answer)
        defer { farSide.stop() }
        var report = RelayReport(answerMilliseconds: answer, concurrency: concurrency)
        try await TemporaryFolder.with(parent: parent) { folder in
            let load = RelayLoad(folder: folder, concurrency: concurrency, farSide: farSide)
            report.paced = try await load.paced(perSecond: rate, seconds: seconds)
            report.sustained = try await load.sustained(seconds: seconds)
        }
        if backlog > 0 {
            for count in [1000, backlog] {
                try await TemporaryFolder.with(parent: parent) { folder in
                    let store = RelayBacklog(folder: folder, count: count)
                    try await store.fill()
                    report.claims.append(try await store.claims())
                    guard count == backlog else { return }
                    let restart = RelayRestart(
                        executable: causeway ?? Here.folder + "/causeway", folder: folder, count: count,
                        farSideURL: farSide.url, watchSeconds: watch)
                    report.restart = try restart.measure()
                }
            }
        }
        print(try json ? report.json : report.text)
    }
}

import ArgumentParser
import Chaos
import Foundation

/// Orders through the real gateway while everything around it fails, and a count at the end.
@main
struct ChaosCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "causeway-chaos",
        abstract: "Sends orders through the real gateway while it is killed and all around it fails; then counts.")

    @Option(help: "Orders to place.") var orders = 10_000
    @Option(help: "Seconds after which no more orders are placed.") var seconds = 900
    @Option(help: "Seconds that may pass until all is done, once the storm is over.") var settle = 300
    @Option(help: "Of orders and weather.") var seed: UInt64 = 1
    @Option(help: "Orders on their way at the same time.") var inFlight = 200
    @Flag(inversion: .prefixedNo, help: "Kill the gateway now and then.") var kills = true
    @Flag(inversion: .prefixedNo, help: "Let the platforms fail.") var faults = true
    @Flag(inversion: .prefixedNo, help: "Turn the gateway's clock.") var jumps = true
    @Flag(inversion: .prefixedNo, help: "Fill the disk of the store.") var diskFull = true
    @Flag(help: "Do some things wrong on purpose; succeed if all of them are found.") var selfTest = false
    @Option(help: "The causeway binary; by default the one beside this binary.") var causeway: String?

    func validate() throws {
        guard (1...1_000_000).contains(orders), (1...86_400).contains(seconds), (1...86_400).contains(settle),
            (1...5000).contains(inFlight)
        else {
            throw ValidationError(
                "--orders must be in 1...1000000, --seconds and --settle in 1...86400, --in-flight in 1...5000.")
        }
    }

    func run() async throws {
        let here = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        var plan = ChaosPlan(executable: causeway ?? here.appending(path: "causeway").path)
        plan.orders = orders
        plan.placeFor = .seconds(seconds)
        plan.settleFor = .seconds(settle)
        plan.seed = seed
        plan.inFlight = inFlight
        (plan.kills, plan.faults, plan.clockJumps, plan.diskFull) = (kills, faults, jumps, diskFull)
        let run = ChaosRun(plan: plan) { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
        let report = try await run.run(sabotage: selfTest ? Sabotage.allCases : [])
        print(report.text)
        guard selfTest else {
            if !report.findings.isEmpty { throw ExitCode.failure }
            return
        }
        let missed = Sabotage.allCases.filter { act in !report.findings.contains { $0.check == act.finding } }
        print(missed.isEmpty ? "\nAll that was done wrong was found." : "\nNOT FOUND: \(missed.map(\.rawValue))")
        if !missed.isEmpty { throw ExitCode.failure }
    }
}

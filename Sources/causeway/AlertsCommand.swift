import ArgumentParser
import Foundation
import Gateway

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Who is told about trouble.", subcommands: [AlertsTest.self])
}

struct AlertsTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a test notice through every channel, and say what came back.",
        discussion: "Needs no running gateway. Exit status 75 if a channel did not take the notice.")

    @OptionGroup var file: ConfigurationOption
    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let settings = try await file.load().alerts
        guard !settings.channels.isEmpty else {
            complain("\(file.config) names no alerts.channels, so nobody is told of anything.")
            throw ExitStatus.configuration
        }
        let results = try await AlertTest(settings).run()
        try json ? printJSON(results) : printText(results)
        guard results.allSatisfy(\.isSent) else { throw ExitStatus.temporary }
    }

    private func printText(_ results: [AlertTest.Result]) {
        for result in results {
            let answer = TextTable.printable(result.answer)
            print("\(result.channel) \(result.isSent ? "works" : "failed"): \(answer) (\(result.milliseconds) ms)")
        }
    }

    private func printJSON(_ results: [AlertTest.Result]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(results), as: UTF8.self))
    }
}

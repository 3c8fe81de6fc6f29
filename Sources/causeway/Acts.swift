import ArgumentParser
import Foundation

struct Acts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at what people changed.", subcommands: [ActsList.self], defaultSubcommand: ActsList.self)
}

struct ActsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List who changed what, and why, newest first.")

    @OptionGroup var server: OperatorOptions
    @Option(help: "Only changes of the event with this id.")
    var event: Int64?
    @Option(help: "Only changes before the one with this number.")
    var before: Int64?
    @Option(help: "At most this many, up to 500.")
    var limit = 50

    private struct Page: Decodable {
        var acts: [ActView]
        var next: Int64?
    }

    func run() async throws {
        let query = [
            "event": event.map(String.init), "before": before.map(String.init), "limit": String(limit),
        ].compactMapValues { $0 }
        let answer = try await server.client().get("/acts", query: query)
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let page = try JSONDecoder().decode(Page.self, from: Data(answer))
        guard !page.acts.isEmpty else { return print("Nobody has changed anything.") }
        var table = TextTable(["NO", "TIME", "BY", "WHAT", "TARGET", "WHY"])
        for act in page.acts { table.add([String(act.id), act.at, act.by, act.verb, act.target, act.why]) }
        print(table.text)
        if let next = page.next { print("More with --before \(next)") }
    }
}

struct Gaps: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look for what a source has left out.", subcommands: [GapsList.self],
        defaultSubcommand: GapsList.self)
}

struct GapsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the numbers that numbered streams have left out.")

    @OptionGroup var server: OperatorOptions

    private struct Page: Decodable {
        struct Gap: Decodable {
            var stream: String
            var first: Int64
            var last: Int64
            var seenAt: String
        }

        var gaps: [Gap]
    }

    func run() async throws {
        let answer = try await server.client().get("/gaps")
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let page = try JSONDecoder().decode(Page.self, from: Data(answer))
        guard !page.gaps.isEmpty else { return print("No numbers are missing.") }
        var table = TextTable(["STREAM", "MISSING", "NOTICED"])
        for gap in page.gaps {
            table.add([gap.stream, gap.first == gap.last ? "\(gap.first)" : "\(gap.first)–\(gap.last)", gap.seenAt])
        }
        print(table.text)
    }
}

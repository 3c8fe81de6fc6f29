import ArgumentParser
import Foundation

struct Pollers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the lists that are polled, poll one now, or let one go back.",
        subcommands: [PollersList.self, PollersRun.self, PollersRewind.self], defaultSubcommand: PollersList.self)

    static func path(_ poller: String, _ verb: String) throws -> String {
        let parts = poller.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isLetter } })
        else {
            throw ValidationError("\(poller): expected a poller's name, such as commerce/orders.")
        }
        return "/pollers/\(poller)/\(verb)"
    }
}

struct PollersList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List pollers with where they stand and what their last round brought.")

    @OptionGroup var server: OperatorOptions

    private struct Page: Decodable {
        struct Poller: Decodable {
            var poller: String
            var position: String?
            var lastAnswerAt: String?
            var stored: Int
            var duplicates: Int
            var trouble: JobView.ReasonView?
        }

        var pollers: [Poller]
    }

    func run() async throws {
        let answer = try await server.client().get("/pollers")
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        var table = TextTable(["POLLER", "LAST ROUND", "STORED", "KNOWN", "TROUBLE", "POSITION"])
        for poller in try JSONDecoder().decode(Page.self, from: Data(answer)).pollers {
            table.add([
                poller.poller, poller.lastAnswerAt ?? "none yet", String(poller.stored), String(poller.duplicates),
                poller.trouble?.code ?? "", poller.position ?? "",
            ])
        }
        print(table.text)
    }
}

struct PollersRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Poll a list now.")

    @Argument(help: "The poller: commerce/orders.")
    var poller: String
    @OptionGroup var server: OperatorOptions

    private struct Empty: Encodable {}

    private struct Round: Decodable {
        var rows: Int
        var stored: Int
        var isComplete: Bool
    }

    func validate() throws { _ = try Pollers.path(poller, "run") }

    func run() async throws {
        let answer = try await server.client().post(Pollers.path(poller, "run"), Empty())
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let round = try JSONDecoder().decode(Round.self, from: Data(answer))
        let rest = round.isComplete ? "." : "; the next round goes on."
        print("\(poller): \(round.rows) rows, \(round.stored) of them new\(rest)")
    }
}

struct PollersRewind: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewind",
        abstract: "Let a poller look at everything since a time again. What is stored already is not carried again.")

    @Argument(help: "The poller: commerce/orders.")
    var poller: String
    @Option(help: "A time such as 2026-11-20T22:00:00Z, a day, or a duration back from now such as 12h.")
    var to: String
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    private struct Order: Encodable {
        var to: String
        var by: String
        var why: String?
    }

    func validate() throws {
        _ = try Pollers.path(poller, "rewind")
        try act.validateWhy()
    }

    func run() async throws {
        let order = Order(to: to, by: act.by, why: act.why)
        let answer = try await server.client().post(Pollers.path(poller, "rewind"), order)
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        print("\(poller) goes back to \(to) with its next round.")
    }
}

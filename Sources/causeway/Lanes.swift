import ArgumentParser
import Foundation

struct Lanes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the lanes of a running gateway, pause and resume them.",
        subcommands: [LanesList.self, LanesPause.self, LanesResume.self], defaultSubcommand: LanesList.self)
}

struct LanesList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the lanes with what waits in them, and their pauses.")

    @OptionGroup var server: OperatorOptions

    private struct Page: Decodable {
        struct Lane: Decodable {
            var lane: String
            var counts: [String: Int]
            var oldestSeconds: Double
            var standing: Standing?
        }

        struct Standing: Decodable {
            var state: String
            var until: String?
            var by: String?
            var why: String?

            var text: String {
                guard state != "working" else { return state }
                let end = until.map { " until \($0)" } ?? ""
                let cause = [by.map { " by \($0)" }, why.map { ": \($0)" }].compactMap { $0 }.joined()
                return state + end + cause
            }
        }

        var lanes: [Lane]
        var pauses: [PauseView]
    }

    func run() async throws {
        let answer = try await server.client().get("/lanes")
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let page = try JSONDecoder().decode(Page.self, from: Data(answer))
        let states = ["ready", "running", "waiting", "parked"]
        var table = TextTable(["LANE"] + states.map { $0.uppercased() } + ["OLDEST", "STANDING"])
        for lane in page.lanes {
            table.add(
                [lane.lane] + states.map { String(lane.counts[$0] ?? 0) }
                    + ["\(Int(lane.oldestSeconds)) s", lane.standing?.text ?? "not served"])
        }
        print(table.text)
        for pause in page.pauses {
            print(TextTable.printable("End with: causeway lanes resume \(pause.lane) --why …"))
        }
    }
}

struct LanesPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Deliver nothing of a lane until it is resumed, or until a time.",
        discussion: "What comes in is stored as ever, and what is at work ends. Pausing again sets a new end.")

    @Argument(help: "A lane, such as dynamics/OrderToSalesOrder, or a destination with all its lanes: dynamics.")
    var lane: String
    @Option(help: "When it goes on by itself: 2026-11-22T06:00:00Z, or 2h for two hours from now.")
    var until: String?
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    private struct Order: Encodable {
        var until: String?
        var by: String
        var why: String?
    }

    func validate() throws { try act.validateWhy() }

    func run() async throws {
        let order = Order(until: until, by: act.by, why: act.why)
        let answer = try await server.client().post(OperatorClient.lanePath(lane) + "/pause", order)
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let pause = try JSONDecoder().decode(PauseView.self, from: Data(answer))
        print("\(pause.lane) is paused " + (pause.until.map { "until \($0)" } ?? "until it is resumed"))
    }
}

struct LanesResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a paused lane go on.")

    @Argument(help: "A lane or a destination, as it was paused.")
    var lane: String
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    private struct Answer: Decodable {
        var wasPaused: Bool
    }

    func validate() throws { try act.validateWhy() }

    func run() async throws {
        let path = OperatorClient.lanePath(lane) + "/resume"
        let answer = try await server.client().post(path, EventsChange.Order(act))
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let wasPaused = try JSONDecoder().decode(Answer.self, from: Data(answer)).wasPaused
        print(TextTable.printable(wasPaused ? "\(lane) goes on" : "\(lane) was not paused"))
    }
}

struct PauseView: Decodable {
    var lane: String
    var until: String?
}

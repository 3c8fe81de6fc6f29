import ArgumentParser
import Foundation

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Compare Commerce and D365 over a period, and mend what differs.",
        discussion: """
            Exit status: 0 both sides agree · 65 something was found and is open · 75 the comparison could not be \
            finished.
            """,
        subcommands: [
            ReconcileRun.self, ReconcileList.self, ReconcileShow.self, ReconcileRepair.self,
            ReconcileAccept.self,
        ], defaultSubcommand: ReconcileRun.self)
}

/// How findings are printed.
enum FindingFormat: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
}

struct ReconcileRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Compare now, wait for the end, and show what was found.")

    @Option(
        help:
            "Orders placed at this time or later: 2026-11-20T22:00:00Z, 2026-11-20, or 12h. (default: as configured)")
    var from: String?
    @Option(name: [.long, .customLong("until")], help: "Orders placed before this time. (default: now)")
    var to: String?
    @Option(help: "How to print findings: table, csv or json.")
    var format = FindingFormat.table
    @Flag(help: "Repair all that can be repaired; needs --why.")
    var repair = false
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    /// Between two looks at whether it has ended.
    private static let look = Duration.milliseconds(200)

    func validate() throws {
        if repair { try act.validateWhy() }
    }

    private struct Order: Encodable {
        var from: String?
        var until: String?
        var by: String
    }

    func run() async throws {
        let client = try await server.client()
        let answer = try await client.post("/reconciliations", Order(from: from, until: to, by: act.by))
        var view = try ReconciliationView(answer)
        while view.state == "running" {
            try await Task.sleep(for: Self.look)
            view = try ReconciliationView(try await client.get("/reconciliations/\(view.id)"))
        }
        let desk = ReconciliationClient(client: client, id: view.id)
        if repair { try await desk.repairAll(act) }
        try await desk.show(format: server.json ? .json : format)
    }
}

struct ReconcileList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List comparisons, the newest first.")

    @Option(help: "At most so many.")
    var limit: Int = 20
    @OptionGroup var server: OperatorOptions

    private struct Page: Decodable {
        var reconciliations: [ReconciliationView]
    }

    func run() async throws {
        let answer = try await server.client().get("/reconciliations", query: ["limit": String(limit)])
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        var table = TextTable(["ID", "STATE", "FROM", "UNTIL", "ORDERS", "OPEN", "BY", "WHY"])
        for view in try JSONDecoder().decode(Page.self, from: Data(answer)).reconciliations {
            table.add([
                String(view.id), view.state, view.from, view.until, String(view.orders), String(view.open),
                view.by ?? "schedule", view.reason?.code ?? "",
            ])
        }
        print(table.text)
    }
}

struct ReconcileShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what a comparison found.")

    @Argument(help: "The comparison's id.")
    var id: Int64
    @Option(help: "How to print findings: table, csv or json.")
    var format = FindingFormat.table
    @OptionGroup var server: OperatorOptions

    func run() async throws {
        try await ReconciliationClient(client: try await server.client(), id: id)
            .show(format: server.json ? .json : format)
    }
}

struct ReconcileRepair: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Mend findings of a comparison; what is in order by now is left alone.")

    @Argument(help: "The comparison's id.")
    var id: Int64
    @Argument(help: "Numbers of findings; all that can be repaired if there are none.")
    var findings: [Int] = []
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    func validate() throws { try act.validateWhy() }

    func run() async throws {
        let desk = ReconciliationClient(client: try await server.client(), id: id)
        if findings.isEmpty { return try await desk.repairAll(act) }
        for number in findings { try await desk.settle(number, "repair", act) }
    }
}

struct ReconcileAccept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Settle findings that are right as they are, or were mended by hand.")

    @Argument(help: "The comparison's id.")
    var id: Int64
    @Argument(help: "Numbers of findings.")
    var findings: [Int]
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    func validate() throws { try act.validateWhy() }

    func run() async throws {
        let desk = ReconciliationClient(client: try await server.client(), id: id)
        for number in findings { try await desk.settle(number, "accept", act) }
    }
}

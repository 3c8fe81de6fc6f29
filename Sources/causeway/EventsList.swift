import ArgumentParser
import Foundation

struct EventsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List events, newest first.")

    @OptionGroup var server: OperatorOptions
    @Option(
        help:
            "Only events with a delivery in this state: ready, running, waiting, parked, done, skipped or superseded."
    )
    var state: String?
    @Option(help: "Only events of this business key, such as \"order 000000042\".")
    var subject: String?
    @Option(help: "Only events of this kind, such as order.")
    var kind: String?
    @Option(help: "Only events with a delivery of this flow, such as OrderToSalesOrder.")
    var flow: String?
    @Option(help: "Only events with a delivery in this lane, such as dynamics/OrderToSalesOrder.")
    var lane: String?
    @Option(help: "Only events with a delivery that ended for this reason, by its code, such as d365-validation.")
    var reason: String?
    @Option(help: "Only events received at this time or later: 2026-11-20T22:00:00Z, 2026-11-20 (UTC), or 12h ago.")
    var since: String?
    @Option(help: "Only events older than the one with this id.")
    var before: Int64?
    @Option(help: "At most this many, up to 500.")
    var limit = 50

    func validate() throws {
        guard (1...500).contains(limit) else {
            throw ValidationError("--limit is \(limit); it must be from 1 to 500.")
        }
    }

    func run() async throws {
        let query = [
            "state": state, "subject": subject, "kind": kind, "flow": flow, "lane": lane,
            "reason": reason, "since": since, "before": before.map(String.init),
            "limit": String(limit),
        ].compactMapValues { $0 }
        let answer = try await server.client().get("/events", query: query)
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let page = try JSONDecoder().decode(EventPage.self, from: Data(answer))
        guard !page.events.isEmpty else { return print("No events.") }
        var table = TextTable(["ID", "RECEIVED", "KIND", "SUBJECT", "STATE", "TRIES", "RESULT"])
        for event in page.events { for row in event.rows { table.add(row) } }
        print(table.text)
        if let next = page.next { print("More with --before \(next)") }
    }
}

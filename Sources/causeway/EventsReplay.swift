import ArgumentParser
import Foundation

struct EventsReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Deliver events again, after their cause was mended.",
        discussion: """
            One by its id, or many by filter: then it says how many there are and asks first. Without --state, what \
            is parked or waits is meant. Steps that have happened are remembered and do not happen again.
            """)

    @Argument(help: "The event's id; leave it out to choose many by filter.")
    var id: Int64?
    @Flag(help: "Also deliveries that are done or were skipped.")
    var all = false
    @OptionGroup(title: "Filter") var selection: SelectionOptions
    @Flag(help: "Carry many among what comes in live, instead of behind it.")
    var live = false
    @OptionGroup var bulk: BulkOptions
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    func validate() throws { try EventsChange.validate(id, selection, bulk, act) }

    private struct Order: Encodable {
        var all: Bool
        var by: String
        var why: String?
    }

    func run() async throws {
        if let id {
            let order = Order(all: all, by: act.by, why: act.why)
            let answer = try await server.client().post("/events/\(id)/replay", order)
            return try EventsChange.show(
                answer, server, "put back", ofNone: "Nothing to replay: no delivery is parked or waits. Try --all.")
        }
        var request = BulkRequest(selection, act)
        request.includeDone = all
        request.bulk = !live
        try await BulkChange(verb: "replay", request: request, server: server, options: bulk).perform()
    }
}

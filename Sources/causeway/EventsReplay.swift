import ArgumentParser
import Foundation

struct EventsReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Deliver an event again, after its cause was mended.",
        discussion: "Steps that have happened are remembered and do not happen again.")

    @Argument(help: "The event's id.")
    var id: Int64
    @Flag(help: "Also deliveries that are done or were skipped.")
    var all = false
    @OptionGroup var server: OperatorOptions

    func run() async throws {
        let answer = try await server.client().post("/events/\(id)/replay", ["all": all])
        try server.printChange(
            answer, "put back", ofNone: "Nothing to replay: no delivery is parked or waits. Try --all.")
    }
}

struct EventsSkip: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skip", abstract: "End an event's deliveries without effect, so that later ones may go on.")

    @Argument(help: "The event's id.")
    var id: Int64
    @Option(help: "Why; kept in the audit trail.")
    var reason: String
    @OptionGroup var server: OperatorOptions

    func run() async throws {
        let answer = try await server.client().post("/events/\(id)/skip", ["reason": reason])
        try server.printChange(answer, "skipped", ofNone: "Nothing to skip: no delivery is parked, ready or waits.")
    }
}

extension OperatorOptions {
    private struct Change: Decodable {
        var deliveries: [Int64]
    }

    fileprivate func printChange(_ answer: [UInt8], _ verb: String, ofNone: String) throws {
        if json { return print(String(decoding: answer, as: UTF8.self)) }
        let change = try JSONDecoder().decode(Change.self, from: Data(answer))
        guard !change.deliveries.isEmpty else { return print(ofNone) }
        print("\(verb): delivery \(change.deliveries.map(String.init).joined(separator: ", "))")
    }
}

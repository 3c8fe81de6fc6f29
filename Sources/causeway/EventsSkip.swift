import ArgumentParser
import Foundation

struct EventsSkip: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skip", abstract: "End deliveries without effect, so that later ones may go on.",
        discussion: """
            One event's by its id, or many by filter: then it says how many there are and asks first. What runs or \
            has ended is left alone.
            """)

    @Argument(help: "The event's id; leave it out to choose many by filter.")
    var id: Int64?
    @OptionGroup(title: "Filter") var selection: SelectionOptions
    @OptionGroup var bulk: BulkOptions
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    func validate() throws {
        try EventsChange.validate(id, selection, bulk, act)
        // All that waits in the whole gateway is never what is meant.
        guard id != nil || !selection.isEmpty else { throw ValidationError("Give an event's id, or a filter.") }
    }

    func run() async throws {
        if let id {
            let answer = try await server.client().post("/events/\(id)/skip", EventsChange.Order(act))
            return try EventsChange.show(
                answer, server, "skipped", ofNone: "Nothing to skip: no delivery is parked, ready or waits.")
        }
        try await BulkChange(verb: "skip", request: BulkRequest(selection, act), server: server, options: bulk)
            .perform()
    }
}

struct EventsRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let an event go on that waits or is parked, now.",
        discussion: "Like replay without --all: what has ended is never carried again.")

    @Argument(help: "The event's id.")
    var id: Int64
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    func validate() throws { try act.validateWhy() }

    func run() async throws {
        let answer = try await server.client().post("/events/\(id)/release", EventsChange.Order(act))
        try EventsChange.show(
            answer, server, "released", ofNone: "Nothing to release: no delivery is parked or waits.")
    }
}

/// What the commands that change one event have in common.
enum EventsChange {
    struct Order: Encodable {
        var by: String
        var why: String?

        init(_ act: ActOptions) { (by, why) = (act.by, act.why) }
    }

    private struct Change: Decodable {
        var deliveries: [Int64]
    }

    static func validate(
        _ id: Int64?, _ selection: SelectionOptions, _ bulk: BulkOptions, _ act: ActOptions
    ) throws {
        guard id == nil || (selection.isEmpty && !bulk.dryRun) else {
            throw ValidationError("Give an event's id or a filter, not both.")
        }
        if !bulk.dryRun { try act.validateWhy() }
    }

    static func show(_ answer: [UInt8], _ server: OperatorOptions, _ verb: String, ofNone: String) throws {
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let change = try JSONDecoder().decode(Change.self, from: Data(answer))
        guard !change.deliveries.isEmpty else { return print(ofNone) }
        print("\(verb): delivery \(change.deliveries.map(String.init).joined(separator: ", "))")
    }
}

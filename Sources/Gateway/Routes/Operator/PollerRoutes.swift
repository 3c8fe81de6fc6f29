import HTTPServer
import HTTPTypes
import Relay

/// `/operator/v1/pollers`: lists that are asked for what is new, and a person's hand on them.
struct PollerRoutes: Sendable {
    let pollers: [Poller]
    let clock: any WallClock

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/pollers") { _, _ in try await list() }
        door.on(.post, "/pollers/{platform}/{list}/run") { try await run($0, try poller($1)) }
        door.on(.post, "/pollers/{platform}/{list}/rewind") { try await rewind($0, try poller($1)) }
    }

    private func list() async throws -> Response {
        var pollersJSON: [PollerJSON] = []
        for poller in pollers {
            let cursor = try await poller.cursors.cursor(of: poller.source.name)
            pollersJSON.append(PollerJSON(poller, cursor))
        }
        return OperatorJSON.response(PollersJSON(pollers: pollersJSON))
    }

    /// A round at once, which a person waits for. What it finds is what the next one would have found.
    private func run(_ request: Request, _ poller: Poller) async throws -> Response {
        try OperatorOrder(request).finish()
        do {
            return OperatorJSON.response(RoundJSON(poller.source.name, try await poller.round()))
        } catch is Poller.Busy {
            throw Problem.pollerBusy(poller.source.name)
        } catch let fault as StoreFault {
            throw fault
        } catch {
            throw Problem.pollFailed(poller.source.name, Reason(polling: error))
        }
    }

    private func rewind(_ request: Request, _ poller: Poller) async throws -> Response {
        let now = clock.now()
        var order = try OperatorOrder(request)
        let act = try order.act(at: now)
        let moment = try order.moment("to") { Moment.past($0, now: now) }
        try order.finish()
        guard let moment, moment <= now else {
            throw Problem.unusableBody("to: found \(moment?.iso8601 ?? "nothing"), expected a time that is past.")
        }
        do {
            return OperatorJSON.response(PollerJSON(poller, try await poller.goBack(to: moment, act: act)))
        } catch is Poller.Busy {
            throw Problem.pollerBusy(poller.source.name)
        }
    }

    private func poller(_ parameters: PathParameters) throws(Problem) -> Poller {
        let name = "\(parameters["platform"])/\(parameters["list"])"
        guard let poller = pollers.first(where: { $0.source.name == name }) else {
            throw .unknownPoller(name, known: pollers.map(\.source.name))
        }
        return poller
    }
}

private struct PollersJSON: Encodable {
    var pollers: [PollerJSON]
}

private struct PollerJSON: Encodable {
    var poller: String
    var place: String
    var everyMilliseconds: Int64
    /// In the poller's own words.
    var position: String?
    var movedAt: String?
    var lastAnswerAt: String?
    var stored: Int
    var duplicates: Int
    var troubleSince: String?
    var trouble: Reason?

    init(_ poller: Poller, _ cursor: PollCursor?) {
        let standing = poller.standing.standing
        self.poller = standing.name
        place = standing.place
        everyMilliseconds = poller.settings.every.wholeMilliseconds
        position = cursor?.position
        movedAt = cursor?.movedAt.iso8601
        lastAnswerAt = standing.lastAnswerAt?.iso8601
        stored = standing.tally[.stored] ?? 0
        duplicates = standing.tally[.duplicate] ?? 0
        troubleSince = standing.troubleSince?.iso8601
        trouble = standing.trouble
    }
}

private struct RoundJSON: Encodable {
    var poller: String
    var pages: Int
    var rows: Int
    var stored: Int
    var duplicates: Int
    var isComplete: Bool

    init(_ poller: String, _ round: PollRound) {
        self.poller = poller
        pages = round.pages
        rows = round.rows
        stored = round.stored
        duplicates = round.duplicates
        isComplete = round.isComplete
    }
}

extension Problem {
    static func unknownPoller(_ name: String, known: [String]) -> Problem {
        Problem(
            "unknown-poller", status: .notFound, title: "No such poller",
            detail: known.isEmpty
                ? "Nothing is polled: the configuration has no section polling."
                : "There is no poller \(name.prefix(100)). Known pollers: \(known.joined(separator: ", ")).")
    }

    static func pollerBusy(_ name: String) -> Problem {
        Problem(
            "poller-busy", status: .conflict, title: "A round is under way",
            detail: "\(name) is being polled right now. Ask again when its round has ended.",
            headers: [.retryAfter: "1"])
    }

    static func pollFailed(_ name: String, _ reason: Reason) -> Problem {
        Problem(
            "poll-failed", status: .badGateway, title: "The round failed",
            detail: "\(name): \(reason) Nothing is lost: the next round asks again from the same place.")
    }
}

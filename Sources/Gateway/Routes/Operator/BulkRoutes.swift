import HTTPServer
import HTTPTypes
import Relay

/// Changing many events: counted first, then done in the background.
struct BulkRoutes: Sendable {
    let store: any OperatorStore
    let changes: BulkChanges
    let clock: any WallClock
    let wakeAll: @Sendable () -> Void

    func add(to door: inout OperatorDoor) {
        for verb in BulkOrder.Verb.allCases {
            door.on(.post, verb.path) { request, _ in try await begin(request, verb) }
            door.on(.get, "\(verb.path)/{id}") { _, parameters in try show(parameters["id"], verb) }
        }
    }

    private func begin(_ request: Request, _ verb: BulkOrder.Verb) async throws -> Response {
        let order = try BulkOrder(request, verb, now: clock.now())
        let count = try await store.count(order.selection)
        let deliveries = count.deliveries.values.reduce(0, +)
        guard !order.isDryRun, let act = order.act else {
            return OperatorJSON.response(CountJSON(count, total: deliveries))
        }
        guard order.expected == deliveries else {
            throw Problem.countDiffers(verb, found: deliveries, events: count.events, expected: order.expected)
        }
        let run = try changes.begin(verb, expected: deliveries, act: act) { after in
            let page =
                switch verb {
                case .replay:
                    try await store.replay(
                        order.selection, isBulk: order.isBulk, act: act, after: after, limit: BulkChanges.pageSize)
                case .skip:
                    try await store.skip(order.selection, act: act, after: after, limit: BulkChanges.pageSize)
                }
            if !page.deliveries.isEmpty { wakeAll() }
            return page
        }
        var response = OperatorJSON.response(run, status: .accepted)
        response.headers[.location] = "\(OperatorDoor.prefix)\(verb.path)/\(run.id)"
        return response
    }

    private func show(_ id: String, _ verb: BulkOrder.Verb) throws -> Response {
        guard let number = Int64(id), let run = changes.run(number), run.verb == verb.rawValue else {
            throw Problem.unknownRun(id, verb)
        }
        return OperatorJSON.response(run)
    }
}

private struct CountJSON: Encodable {
    var events: Int
    /// Of deliveries: what `expect` must be.
    var total: Int
    var deliveries: [String: Int]

    init(_ count: SelectionCount, total: Int) {
        events = count.events
        self.total = total
        deliveries = Dictionary(uniqueKeysWithValues: count.deliveries.map { ($0.key.rawValue, $0.value) })
    }
}

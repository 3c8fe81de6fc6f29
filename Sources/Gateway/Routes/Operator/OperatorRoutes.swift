import Dynamics
import HTTPServer
import Relay

/// `/operator/v1/…`: what an operator sees and does.
struct OperatorRoutes: Sendable {
    /// Items on one page, at most.
    static let pageLimit = 500

    let access: OperatorAccess
    let store: any OperatorStore
    let dispatcher: Dispatcher
    let bulk: BulkChanges
    let alerts: AlertWatch?
    let keeper: StoreKeeper?
    let jobs: JobRoutes?
    let assurance: OrderAssurance?
    var pollers: [Poller] = []
    let mappings: MappingRoutes?
    let values: ValueKeeper?
    let clock: any WallClock
    let fields: NoticeFields

    func add(to routes: inout RouteTable) {
        guard access.isOpen else { return }
        var door = OperatorDoor(access, routes)
        EventRoutes(store: store, clock: clock).add(to: &door)
        RepairRoutes(store: store, clock: clock, fields: fields, wakeAll: wakeAll).add(to: &door)
        BulkRoutes(store: store, changes: bulk, clock: clock, wakeAll: wakeAll).add(to: &door)
        TraceRoutes(store: store).add(to: &door)
        LaneRoutes(store: store, dispatcher: dispatcher, clock: clock).add(to: &door)
        AlertRoute(watch: alerts).add(to: &door)
        if let keeper { CareRoutes(keeper: keeper, clock: clock, wakeAll: wakeAll).add(to: &door) }
        jobs?.add(to: &door)
        mappings?.add(to: &door)
        if let values { ValueRoutes(keeper: values, clock: clock, wakeAll: wakeAll).add(to: &door) }
        PollerRoutes(pollers: pollers, clock: clock).add(to: &door)
        if let book = assurance?.book {
            ReconciliationRoutes(book: book, desk: assurance?.desk, clock: clock).add(to: &door)
            SyntheticOrderRoutes(orders: assurance?.synthetic).add(to: &door)
        }
        routes = door.table
    }

    @Sendable private func wakeAll() { for flow in KnownFlow.allCases { dispatcher.wake(lane: flow.lane) } }
}

/// What the operator API needs of a store.
typealias OperatorStore = Inspection & Repair & LaneControls & ActBook

extension PathParameters {
    func eventID() throws(Problem) -> EventID {
        guard let id = Int64(self["id"]), id > 0 else { throw .unknownEvent(self["id"]) }
        return EventID(id)
    }
}

extension QueryParameters {
    func limit(default fallback: Int) throws(Problem) -> Int {
        let most = OperatorRoutes.pageLimit
        return try value("limit", expected: "a number from 1 to \(most)") { text in
            Int(text).flatMap { (1...most).contains($0) ? $0 : nil }
        } ?? fallback
    }
}

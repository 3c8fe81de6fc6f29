import Commerce
import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// Tells F&O what becomes, in Commerce, of orders that F&O has: cancelled, held, released, edited, changed.
///
/// What is told is decided by the order as the shop has it now, not by the event: one that is replayed late must not
/// bring back a state that is over. A cancellation that came from F&O ends here, since F&O has it.
struct CarriedOrderChanges: Sendable {
    let context: FlowContext
    let policy: OrderPolicy
    private var changes: OrderChangePolicy { policy.changes }
    private var dynamics: DynamicsClient { context.dynamics }

    init(_ context: FlowContext, policy: OrderPolicy) {
        self.context = context
        self.policy = policy
    }

    static func carriedKey(_ incrementID: String, in area: String) -> LinkKey {
        LinkKey(kind: "carried order", scope: area, key: incrementID)
    }

    /// - Returns: What came of it; `nil` for an order that is new to F&O, or whose state is no news.
    func carry(_ order: CommerceOrder, _ steps: Steps) async throws -> String? {
        let area = policy.legalEntities.dataAreaID(of: order, context.values)
        let key = Self.carriedKey(order.incrementID, in: area)
        guard !steps.hasConcluded("carried"), let number = try await steps.linked(key), try await isNews(order, area)
        else { return nil }
        guard let current = try await context.commerce.order(incrementID: order.incrementID) else {
            throw Verdict.unknownOrder(order.incrementID)
        }
        guard try await isNews(current, area) else { return nil }
        let standing = try OrderStanding(current)
        let fingerprint = try standing.fingerprint(order.incrementID, in: area)
        try await steps.refuseEcho(fingerprint)
        let told = try await tell(
            standing, SalesOrderWork(context: context, policy: policy, number: number, area: area, order: current),
            steps)
        try await steps.carried(fingerprint)
        return "\(number): \(told)"
    }

    /// An order that nothing happened to is no news unless F&O was told otherwise. One whose lines are partly cancelled,
    /// as F&O knows, can have other news.
    private func isNews(_ order: CommerceOrder, _ area: String) async throws -> Bool {
        let standing = try OrderStanding(order)
        if standing.isCanceled { return true }
        if standing.isHeld { return changes.hold != .ignore }
        let fingerprint = try standing.fingerprint(order.incrementID, in: area)
        guard let told = try await context.links.fingerprint(of: fingerprint.key) else { return !standing.isPlain }
        return told != fingerprint.digest
    }

    private func tell(_ standing: OrderStanding, _ work: SalesOrderWork, _ steps: Steps) async throws -> String {
        let row = try await work.row()
        if standing.isCanceled || !standing.left.isEmpty {
            guard let row, row.SalesOrderStatus != .Canceled else { return "cancelled in F&O already" }
            return try await cancel(standing, work, row, steps)
        }
        guard let row else { throw work.gone() }
        return try await hold(standing.isHeld, work, row, steps)
    }

    private func cancel(
        _ standing: OrderStanding, _ work: SalesOrderWork, _ row: SalesOrderStatusRow, _ steps: Steps
    ) async throws -> String {
        let what = standing.isCanceled ? "cancelled" : "cancelled in part"
        var action = changes.cancellation
        if let successor = work.order.replacedBy {
            switch changes.edit {
            case .replace: action = .deleteLines
            case .park: throw work.parked("order-edited", "was edited and is order \(successor) now")
            case .separate: break
            }
        }
        switch action {
        case .ignore: throw work.ignored("is \(what)")
        case .park: throw work.parked("order-cancelled", "is \(what) in Commerce")
        case .flag:
            try work.check(row, changes.openStatuses)
            guard try await work.tell("order-cancel", "flag", steps) else { throw work.wordless("order-cancel") }
        case .deleteLines:
            try work.check(row, changes.openStatuses)
            try await work.lower(to: standing, steps)
            _ = try await work.tell("order-cancel", "flag", steps)
        case .cancelRemainder:
            try work.check(row, changes.openStatuses.union(OrderChangePolicy.partlyDone))
            try await work.lower(to: standing, steps)
            _ = try await work.tell("order-cancel", "flag", steps)
        }
        return what
    }

    private func hold(
        _ isHeld: Bool, _ work: SalesOrderWork, _ row: SalesOrderStatusRow, _ steps: Steps
    ) async throws -> String {
        switch changes.hold {
        // Only once F&O was told of a cancellation that is over.
        case .ignore: throw work.ignored("was released")
        case .park: throw work.parked("order-on-hold", isHeld ? "is on hold in Commerce" : "was released in Commerce")
        case .tell:
            try work.check(row, changes.openStatuses)
            let document = isHeld ? "order-hold" : "order-release"
            guard try await work.tell(document, isHeld ? "hold" : "release", steps) else {
                throw work.wordless(document)
            }
            return isHeld ? "on hold" : "released"
        }
    }

    /// Before an order that replaces another one is created, the other's lines go: goods must not be sent twice.
    private func makeRoom(for order: CommerceOrder, _ area: String, _ steps: Steps) async throws {
        guard changes.edit != .separate, !steps.hasConcluded("replaced"), let old = order.replaces,
            let number = try await steps.linked(Self.carriedKey(old, in: area))
        else { return }
        let work = SalesOrderWork(context: context, policy: policy, number: number, area: area, order: order)
        guard changes.edit == .replace else {
            throw work.parked("order-edited", "replaces order \(old)")
        }
        _ = try await steps.ensure(
            "replaced", link: LinkKey(kind: "replaced order", scope: area, key: order.incrementID)
        ) {
            nil
        } create: {
            if let row = try await work.row(), row.SalesOrderStatus != .Canceled {
                try work.check(row, changes.openStatuses)
                try await work.deleteAllLines()
            }
            return number
        }
    }

    /// An order that somebody changed: its address, its purchase order number. What F&O has decides whether it is news,
    /// since a new mapping document changes what would be told of every order.
    /// - Parameter draft: Of all that the order says now.
    /// - Returns: `nil` for an order that is new to F&O.
    func revise(_ order: CommerceOrder, _ draft: Fingerprint, _ steps: Steps) async throws -> String? {
        let area = draft.key.scope
        let key = Self.carriedKey(order.incrementID, in: area)
        guard !steps.hasConcluded("carried") else { return nil }
        guard let number = try await steps.linked(key) else {
            try await makeRoom(for: order, area, steps)
            return nil
        }
        let work = SalesOrderWork(context: context, policy: policy, number: number, area: area, order: order)
        switch changes.update {
        case .ignore: throw work.ignored("was changed")
        case .park: throw work.parked("order-changed", "was changed in Commerce")
        case .update:
            let news = try await work.differences()
            if !news.fields.isEmpty {
                guard let row = try await work.row() else { throw work.gone() }
                try work.check(row, changes.openStatuses)
                try await work.set(news, steps)
            }
            try await steps.carried(draft)
            guard news.fields.isEmpty else { return "\(number): changed" }
            throw Verdict.skip("unchanged", "Nothing of \(number) that F&O is told of changes has changed.")
        }
    }
}

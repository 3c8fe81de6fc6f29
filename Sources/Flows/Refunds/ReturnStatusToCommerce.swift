import Commerce
public import Dynamics
import Foundation
public import Relay

/// Goods of a return have arrived in F&O: the return in the shop says so, item by item.
///
/// Standard F&O has no event for it: `dynamics.businessEvents.routes` names the one that an extension raises, or polling
/// brings the notice.
public struct ReturnStatusToCommerce: Flow {
    public static let name = "ReturnStatusToCommerce"

    private let context: FlowContext

    public init(_ context: FlowContext) { self.context = context }

    public func read(_ event: StoredEvent) throws -> ReturnOrderNotice {
        do {
            return try ReturnOrderNotice(event.body)
        } catch {
            throw Verdict.park("unreadable-event", "The business event cannot be read: \(error)")
        }
    }

    public func run(_ notice: ReturnOrderNotice, _ steps: Steps) async throws -> String? {
        let number = notice.ReturnOrderNumber
        let linked = try await context.links.key(kind: "return", scope: notice.LegalEntity, value: number)
        guard let id = linked.flatMap({ Int($0) }) else {
            throw Verdict.skip("not-a-web-return", "Return order \(number) was not made from a return of the shop.")
        }
        guard let rma = try await context.commerce.return(id: id),
            let order = try await context.commerce.order(entityID: rma.orderID)
        else {
            throw Verdict.retry("unknown-commerce-record", "Commerce does not know return \(id) or its order.")
        }
        let rows = try await context.dynamics.returnOrderLines(
            returnOrderNumber: number, dataAreaId: notice.LegalEntity)
        let arrival = try ReturnArrival(rows, order: order)
        var changed = rma
        guard arrival.note(in: &changed) else {
            throw Verdict.skip("unchanged", "The shop's return \(id) says all that return order \(number) says.")
        }
        // Read again and written as a whole under the order's lock.
        try await steps.once("return status") {
            _ = try await context.commerce.updateReturn(id: id, orderID: rma.orderID) { _ = arrival.note(in: &$0) }
        }
        return "Commerce return \(rma.incrementID ?? String(id)) is \(changed.status ?? "")"
    }
}

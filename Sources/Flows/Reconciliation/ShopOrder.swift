import Commerce
import Foundation
import Mapping
import Relay

/// An order of the shop, as far as it is compared.
struct ShopOrder: Sendable {
    /// What should be in F&O.
    enum Expected: Sendable {
        case draft(SalesOrderDraft)
        /// No sales order can be made of it, and this is why.
        case nothing(Reason)

        var draft: SalesOrderDraft? { if case .draft(let draft) = self { draft } else { nil } }
    }

    var entityID: Int?
    var incrementID: String
    var dataAreaID: String
    var state: String?
    /// Orders in its state are not carried.
    var isSkipped: Bool
    var extOrderID: String?
    var placedAt: Timestamp?
    var total: String
    var progress: OrderProgress
    var expected: Expected
    /// Ids of its invoices; empty unless there is one in F&O to compare them with.
    var invoiceIDs: Set<Int> = []

    init(_ record: OrderRecord, policy: OrderPolicy, mappings: MappingSet, values: any ValueLookup) {
        let order = record.order
        entityID = order.entityID
        incrementID = order.incrementID
        dataAreaID = policy.legalEntities.dataAreaID(storeID: order.storeID)
        state = order.state
        isSkipped = order.state.map(policy.skippedStates.contains) ?? false
        extOrderID = order.extOrderID
        placedAt = order.placedAt
        total = "\(order.totals.grandTotal) \(order.currencies.order)"
        progress = record.progress
        expected = Self.expected(order, policy, mappings, values)
    }

    /// Whatever the order's state is by now: it was another one when it was carried.
    private static func expected(
        _ order: CommerceOrder, _ policy: OrderPolicy, _ mappings: MappingSet, _ values: any ValueLookup
    ) -> Expected {
        var carried = order
        carried.state = nil
        do {
            return .draft(try SalesOrderDraft(carried, policy: policy, mappings: mappings, values: values))
        } catch let fault as any DeliveryFault {
            return .nothing(fault.reason)
        } catch {
            return .nothing(Reason(code: "unreadable-order", message: "\(error)"))
        }
    }

    /// Not to be delivered any more.
    var isEnded: Bool { state == "canceled" || state == "closed" }

    /// What the order's flow remembers of it.
    var links: [LinkKey] {
        ["order", "carried order"].map { LinkKey(kind: $0, scope: dataAreaID, key: incrementID) }
    }
}

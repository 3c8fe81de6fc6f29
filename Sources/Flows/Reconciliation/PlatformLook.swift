import Commerce
import Dynamics
import Foundation
import Mapping
import Relay

/// Reads what both platforms, and this gateway, say of a few orders.
struct PlatformLook: Sendable {
    let context: FlowContext
    let inspection: any Inspection
    let policy: ReconciliationPolicy

    /// Events of one order that are looked at.
    static let events = 20

    var commerce: CommerceClient { context.commerce }
    var dynamics: DynamicsClient { context.dynamics }
    private var comparison: OrderComparison { OrderComparison(policy: policy) }
    private var companies: [String] { policy.orders.legalEntities.all }

    /// Compares orders that were just read from the shop, with as many calls for all of them as for one.
    /// - Parameter records: At most `CommerceClient.recordPage`.
    func compare(_ records: [OrderRecord]) async throws -> [OrderComparison.Result] {
        var orders = records.map {
            ShopOrder($0, policy: policy.orders, mappings: context.mappings.current, values: context.values)
        }
        let salesOrders = try await salesOrders(of: orders.map(\.incrementID), &orders)
        var results: [OrderComparison.Result] = []
        for order in orders {
            let own = salesOrders[order.incrementID] ?? []
            var result = comparison.compare(order, own)
            // What this gateway knows is only asked for where it matters.
            if case .differs = result { result = comparison.compare(order, own, try await knowledge(order, own)) }
            results.append(result)
        }
        return results
    }

    /// The same for single orders, read anew.
    func compare(incrementIDs: [String]) async throws -> [Difference] {
        let records = try await commerce.orderRecords(incrementIDs: incrementIDs)
        return try await compare(records).flatMap(\.differences)
    }

    /// By the shop's numbers.
    private func salesOrders(
        of incrementIDs: [String], _ orders: inout [ShopOrder]
    ) async throws -> [String: [SalesOrder]] {
        let rows = try await dynamics.salesOrderOverviews(references: incrementIDs, dataAreaIds: companies)
        // F&O compares without regard to case.
        var found = rows.map(SalesOrder.init).filter { incrementIDs.contains($0.reference) }
        try await addLines(&found)
        try await addInvoices(&found, &orders)
        return Dictionary(grouping: found, by: \.reference)
    }

    private func addLines(_ salesOrders: inout [SalesOrder]) async throws {
        for chunk in salesOrders.indices.chunks(of: DynamicsClient.mostLookedFor) {
            let rows = try await dynamics.salesOrderAmounts(
                salesOrders: chunk.map { salesOrders[$0].number }, dataAreaIds: companies)
            let amounts = Dictionary(grouping: rows) { RecordKey($0.dataAreaId, $0.SalesOrderNumber) }
            for index in chunk {
                let own = amounts[RecordKey(salesOrders[index].dataAreaID, salesOrders[index].number)] ?? []
                salesOrders[index].amounts = own.map { $0.LineAmount ?? 0 }
            }
        }
    }

    private func addInvoices(_ salesOrders: inout [SalesOrder], _ orders: inout [ShopOrder]) async throws {
        for chunk in salesOrders.indices.chunks(of: DynamicsClient.mostLookedFor) {
            let rows = try await dynamics.salesInvoices(
                salesOrders: chunk.map { salesOrders[$0].number }, dataAreaIds: companies)
            let invoices = Dictionary(grouping: rows) { RecordKey($0.dataAreaId, $0.SalesOrderNumber ?? "") }
            for index in chunk {
                let own = invoices[RecordKey(salesOrders[index].dataAreaID, salesOrders[index].number)] ?? []
                for row in own {
                    let key = LinkKey(kind: "invoice", scope: salesOrders[index].dataAreaID, key: row.InvoiceNumber)
                    salesOrders[index].invoices.append(
                        SalesOrder.Invoice(
                            number: row.InvoiceNumber, amount: row.TotalInvoiceAmount ?? 0, isInShop: false,
                            linked: try await inspection.value(of: key)))
                }
            }
        }
        let invoiced = Set(salesOrders.filter { !$0.invoices.isEmpty }.map(\.reference))
        let ids = orders.filter { invoiced.contains($0.incrementID) }.compactMap(\.entityID)
        let known = try await commerce.invoiceIDs(orderIDs: ids)
        for index in orders.indices { orders[index].invoiceIDs = orders[index].entityID.flatMap { known[$0] } ?? [] }
        for index in salesOrders.indices {
            guard let order = orders.first(where: { $0.incrementID == salesOrders[index].reference }) else {
                continue
            }
            try await match(&salesOrders[index].invoices, order, in: salesOrders[index].dataAreaID)
        }
    }

    /// By the store's own links, and for those that it has none of by the number in the comments.
    private func match(_ invoices: inout [SalesOrder.Invoice], _ order: ShopOrder, in dataAreaID: String) async throws
    {
        var comments: [String]?
        for index in invoices.indices {
            if let linked = invoices[index].linked.flatMap(Int.init), order.invoiceIDs.contains(linked) {
                invoices[index].isInShop = true
            } else if !order.invoiceIDs.isEmpty, order.progress.invoiced != .all, let id = order.entityID {
                if comments == nil { comments = try await commerce.invoices(orderID: id).flatMap(\.comments) }
                let marker = InvoiceToCommerce.marker(invoices[index].number, dataAreaID)
                invoices[index].isInShop = comments?.contains(marker) ?? false
            }
        }
    }

    private func knowledge(_ order: ShopOrder, _ salesOrders: [SalesOrder]) async throws -> OrderComparison.Knowledge
    {
        var knowledge = OrderComparison.Knowledge()
        knowledge.order = try await carriage(of: OrderNotice(incrementID: order.incrementID).subject)
        for salesOrder in salesOrders {
            let known = try await carriage(of: "sales order \(salesOrder.dataAreaID)/\(salesOrder.number)")
            knowledge.salesOrders[salesOrder.number] = known
        }
        return knowledge
    }

    private func carriage(of subject: String) async throws -> Carriage {
        Carriage(try await inspection.events(matching: EventFilter(subject: subject, limit: Self.events)))
    }
}

/// Numbers are those of a legal entity.
private struct RecordKey: Hashable {
    let dataAreaID: String
    let number: String

    init(_ dataAreaID: String, _ number: String) {
        self.dataAreaID = dataAreaID.lowercased()
        self.number = number
    }
}

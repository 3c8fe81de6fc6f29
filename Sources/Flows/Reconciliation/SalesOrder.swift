import Commerce
import Dynamics
import Foundation
import Relay

/// A sales order of F&O, as far as it is compared.
struct SalesOrder: Sendable, Equatable {
    struct Invoice: Sendable, Equatable {
        var number: String
        var amount: Decimal
        /// Whether the shop has its invoice.
        var isInShop: Bool
        /// The shop's invoice that the store remembers for it.
        var linked: String?
    }

    /// Lower case.
    var dataAreaID: String
    var number: String
    /// The shop's number of it.
    var reference: String
    var status: SalesStatus?
    /// `Active`, `Delivered`, `PartiallyInvoiced`, …
    var processing: String
    /// `LineAmount` of each line.
    var amounts: [Decimal] = []
    /// As far as totals are compared.
    var header: SalesOrderHeaderRow
    var invoices: [Invoice] = []

    init(_ row: SalesOrderOverviewRow) {
        dataAreaID = row.dataAreaId.lowercased()
        number = row.SalesOrderNumber
        reference = row.CustomersOrderReference ?? ""
        status = row.SalesOrderStatus
        processing = row.SalesOrderProcessingStatus ?? ""
        header = SalesOrderHeaderRow(dataAreaId: row.dataAreaId, SalesOrderNumber: row.SalesOrderNumber)
        header.AreTotalsCalculated = row.AreTotalsCalculated
        header.OrderTotalAmount = row.OrderTotalAmount
        header.OrderTotalChargesAmount = row.OrderTotalChargesAmount
    }

    /// Of its lines.
    var net: Decimal { amounts.reduce(0, +) }

    /// Its lines, as far as totals are compared.
    var lines: [SalesOrderLineRow] {
        amounts.enumerated().map { index, amount in
            var line = SalesOrderLineRow(
                dataAreaId: dataAreaID, InventoryLotId: "", SalesOrderNumber: number, LineNumber: Decimal(index + 1))
            line.LineAmount = amount
            return line
        }
    }

    var isCanceled: Bool { status == .Canceled || processing == "Canceled" }
    var isOpen: Bool { status == .Backorder && !isCanceled }

    /// How much of it has left the warehouse, as far as its header tells.
    func delivered(_ shipping: ReconciliationPolicy.Shipping) -> Extent {
        if shipping == .off { return .none }
        if status == .Delivered || ["Delivered", "DeliveredPartiallyInvoiced"].contains(processing) { return .all }
        if shipping == .invoiced, status == .Invoiced || processing == "Invoiced" { return .all }
        let partly = shipping == .invoiced ? ["PartiallyDelivered", "PartiallyInvoiced"] : ["PartiallyDelivered"]
        return partly.contains(processing) ? .part : .none
    }
}

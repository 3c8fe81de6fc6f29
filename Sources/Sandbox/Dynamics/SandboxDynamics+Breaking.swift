public import Foundation
import JSON
import Synchronization

/// What people, restores and defects do to an ERP: for the demo, and for tests of whoever has to find it.
extension SandboxDynamics {
    /// Deletes a sales order with its lines, as if it had never come.
    public func loseSalesOrder(_ number: String, dataAreaId: String) throws(SandboxError) {
        try breakOrder(number, dataAreaId) { books, position in
            let area = books.orders.rows[position].dataAreaId
            for line in books.lines(of: number, area) { books.lines.delete(line) }
            books.orders.delete(position)
        }
    }

    /// Enters a sales order a second time, with its lines.
    /// - Returns: The second one's number.
    @discardableResult
    public func doubleSalesOrder(_ number: String, dataAreaId: String) throws(SandboxError) -> String {
        try breakOrder(number, dataAreaId) { books, position in
            var header = books.orders.rows[position].fields
            let area = books.orders.rows[position].dataAreaId
            let double = books.nextNumber("SO", dataAreaId: area)
            header["SalesOrderNumber"] = .string(double)
            for line in books.lines(of: number, area) {
                var fields = books.lines.rows[line].fields
                fields["SalesOrderNumber"] = .string(double)
                fields["InventoryLotId"] = .string(books.nextNumber("LOT", dataAreaId: area))
                _ = books.lines.insert(fields, recordID: books.nextRecordID())
            }
            _ = books.orders.insert(header, recordID: books.nextRecordID())
            return double
        }
    }

    /// Somebody changes the price of a line, and with it the order's total.
    public func changePrice(
        to price: Decimal, line: Decimal, salesOrder number: String, dataAreaId: String
    ) throws(SandboxError) {
        let isThere = try breakOrder(number, dataAreaId) { books, position in
            let area = books.orders.rows[position].dataAreaId
            let own = books.lines(of: number, area).first { books.lines.rows[$0].number("LineNumber") == line }
            guard let own else { return false }
            var fields = books.lines.rows[own].fields
            fields["SalesPrice"] = .number(price)
            books.completeAmounts(&fields, books.item(books.lines.rows[own].text("ItemNumber"), dataAreaId: area))
            books.lines.update(own) { $0 = fields }
            books.calculateTotals(number, area)
            return true
        }
        guard isThere else { throw .unknownLine(salesOrder: number, lineNumber: "\(line)") }
    }

    /// Sets where an order stands: `Backorder`, `Delivered`, `Invoiced`, `Canceled`; with a processing status such as
    /// `PartiallyDelivered`.
    public func setStatus(
        _ status: String, processing: String, salesOrder number: String, dataAreaId: String
    ) throws(SandboxError) {
        try breakOrder(number, dataAreaId) { books, position in
            books.orders.update(position) { fields in
                fields["SalesOrderStatus"] = .string(status)
                fields["SalesOrderProcessingStatus"] = .string(processing)
            }
        }
    }

    /// Posts an invoice whose business event never leaves F&O.
    /// - Returns: The invoice's number.
    @discardableResult
    public func postInvoiceSilently(salesOrder: String, dataAreaId: String) throws(SandboxError) -> String {
        let now = core.now()
        return try core.books.withLock { books throws(SandboxError) in
            try books.postInvoice(salesOrder: salesOrder, dataAreaId: dataAreaId, nil, at: now)
        }.number
    }

    private func breakOrder<Result: Sendable>(
        _ number: String, _ dataAreaId: String, _ change: (inout DynamicsBooks, Int) -> Result
    ) throws(SandboxError) -> Result {
        let area = dataAreaId.lowercased()
        let result = core.books.withLock { books -> Result? in
            guard let position = books.orders.position("SalesOrderNumber", number, dataAreaId: area) else {
                return nil
            }
            return change(&books, position)
        }
        guard let result else { throw .unknownSalesOrder(number: number, dataAreaId: dataAreaId) }
        return result
    }
}

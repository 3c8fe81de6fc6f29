public import Foundation
import JSON
import Synchronization

extension DynamicsSnapshot {
    public struct ReturnOrder: Sendable, Equatable {
        public let dataAreaId: String
        public let number: String
        public let customersOrderReference: String
        public let account: String
        public let currencyCode: String
        public let reasonCode: String
        /// `Created`, `Open`, `Closed`.
        public let status: String
        public let lines: [ReturnLine]

        public var netAmount: Decimal { lines.reduce(0) { $0 + $1.lineAmount } }
    }

    public struct ReturnLine: Sendable, Equatable {
        public let itemNumber: String
        /// Negative.
        public let quantity: Decimal
        public let salesPrice: Decimal
        public let lineAmount: Decimal
        /// Of the sales order line that comes back.
        public let returningLot: String
        public let dispositionCode: String
        public let status: String
    }
}

extension SandboxDynamics {
    /// All return orders, in the order of their creation.
    public func returnOrders() -> [DynamicsSnapshot.ReturnOrder] {
        core.books.withLock { books in
            books.returns.headers.live.map { header in
                let number = header.text("ReturnOrderNumber")
                return DynamicsSnapshot.ReturnOrder(
                    dataAreaId: header.dataAreaId, number: number,
                    customersOrderReference: header.text("CustomersOrderReference"),
                    account: header.text("CustomerAccountNumber"), currencyCode: header.text("CurrencyCode"),
                    reasonCode: header.text("CustomerReturnReasonCode"), status: header.text("ReturnOrderStatus"),
                    lines: books.returnLines(of: number, header.dataAreaId).map { index in
                        let line = books.returns.lines.rows[index]
                        return DynamicsSnapshot.ReturnLine(
                            itemNumber: line.text("ItemNumber"), quantity: line.number("ReturnSalesQuantity"),
                            salesPrice: line.number("SalesPrice"), lineAmount: line.number("LineAmount"),
                            returningLot: line.text("ReturningInventoryLotId"),
                            dispositionCode: line.text("ReturnDispositionCode"), status: line.text("ReturnStatus"))
                    })
            }
        }
    }

    /// A person makes a return order in F&O for goods of a sales order: `returnOrder(of:lines:)` of a customer service.
    /// - Parameters:
    ///   - lines: Quantity above 0 by item.
    ///   - reference: What the person writes as the customer's reference; by default that of the sales order.
    /// - Returns: Its number.
    public func createReturnOrder(
        salesOrder: String, dataAreaId: String, lines: [String: Decimal], reference: String? = nil
    ) throws(SandboxError) -> String {
        let area = dataAreaId.lowercased()
        return try core.books.withLock { books throws(SandboxError) in
            guard let order = books.orders.row("SalesOrderNumber", salesOrder, dataAreaId: area) else {
                throw .unknownSalesOrder(number: salesOrder, dataAreaId: dataAreaId)
            }
            do throws(ODataRefusal) {
                return try books.returnOrder(of: order, lines, reference: reference, area)
            } catch {
                throw .nothingToInvoice(salesOrder: salesOrder)
            }
        }
    }

    /// Registers the arrival of what comes back. F&O has no standard event for it.
    /// - Parameters:
    ///   - items: Quantity above 0 by item; `nil` is all that is expected.
    ///   - event: `BusinessEventId` of an event that an extension of F&O raises then; `nil` raises none.
    public func receiveReturn(
        _ number: String, dataAreaId: String, items: [String: Decimal]? = nil, event: String? = nil
    ) async throws(SandboxError) {
        let now = core.now()
        try core.books.withLock { books throws(SandboxError) in
            try books.receiveReturn(number, dataAreaId.lowercased(), items, at: now)
        }
        guard let event else { return }
        await raise(
            event, dataAreaId, ["ReturnOrderNumber": .string(number)], subject: number)
    }

    /// Posts the credit note of a return order, and sends the event of a posted invoice.
    /// - Returns: The invoice's number.
    @discardableResult
    public func postCreditNote(returnOrder: String, dataAreaId: String) async throws(SandboxError) -> String {
        let now = core.now()
        let invoice = try core.books.withLock { books throws(SandboxError) in
            try books.postCreditNote(returnOrder: returnOrder, dataAreaId.lowercased(), at: now)
        }
        await tell(of: invoice)
        return invoice.number
    }
}

extension DynamicsBooks {
    fileprivate mutating func returnOrder(
        of order: ODataTable.Row, _ wanted: [String: Decimal], reference: String?, _ area: String
    ) throws(ODataRefusal) -> String {
        var header: JSONObject = [
            "dataAreaId": .string(area),
            "CustomerAccountNumber": .string(order.text("OrderingCustomerAccountNumber")),
            "CurrencyCode": .string(order.text("CurrencyCode")),
            "CustomersOrderReference": .string(reference ?? order.text("CustomersOrderReference")),
        ]
        let position = try createReturnOrder(&header, area)
        let number = returns.headers.rows[position].text("ReturnOrderNumber")
        for index in lines(of: order.text("SalesOrderNumber"), area) {
            let sold = lines.rows[index]
            guard let quantity = wanted[sold.text("ItemNumber")] else { continue }
            var line: JSONObject = [
                "dataAreaId": .string(area), "ReturnOrderNumber": .string(number),
                "ItemNumber": .string(sold.text("ItemNumber")), "ReturnSalesQuantity": .number(-quantity),
                "SalesPrice": .number(sold.number("LineAmount") / sold.number("OrderedSalesQuantity")),
            ]
            if item(sold.text("ItemNumber"), dataAreaId: area)?.isService == false {
                line["ReturningInventoryLotId"] = .string(sold.text("InventoryLotId"))
            }
            _ = try createReturnLine(&line, area)
        }
        return number
    }
}

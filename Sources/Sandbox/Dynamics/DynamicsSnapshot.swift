public import Foundation

/// What the simulated D365 holds at one moment.
public struct DynamicsSnapshot: Sendable {
    public struct Order: Sendable, Equatable {
        public let dataAreaId: String
        public let salesOrderNumber: String
        public let customersOrderReference: String
        public let orderingCustomerAccount: String
        public let currencyCode: String
        /// `Backorder` is an open order.
        public let status: String
        public let processingStatus: String
        public let totalAmount: Decimal
        /// By line number.
        public let lines: [Line]
    }

    public struct Line: Sendable, Equatable {
        public let lineNumber: Decimal
        public let itemNumber: String
        public let quantity: Decimal
        public let salesPrice: Decimal
        public let lineDiscountAmount: Decimal
        public let lineAmount: Decimal
        public let inventoryLotId: String
        public let status: String
    }

    public struct Customer: Sendable, Equatable {
        public let dataAreaId: String
        public let account: String
        public let name: String
        public let email: String
    }

    public struct Invoice: Sendable, Equatable {
        public let dataAreaId: String
        public let invoiceNumber: String
        public let salesOrderNumber: String
        public let customersOrderReference: String
        public let totalAmount: Decimal
        public let lines: [InvoiceLine]
    }

    public struct InvoiceLine: Sendable, Equatable {
        public let productNumber: String
        public let quantity: Decimal
        public let lineAmount: Decimal
    }

    public let orders: [Order]
    public let customers: [Customer]
    public let invoices: [Invoice]
    /// Events that were given up: the invoice each was for, or `test`.
    public let eventErrors: [String]

    /// All orders with that reference; more than one is a double.
    public func orders(reference: String) -> [Order] { orders.filter { $0.customersOrderReference == reference } }
}

extension DynamicsSnapshot {
    init(_ books: DynamicsBooks, eventErrors: [String]) {
        orders = books.orders.live.map { books.order($0) }
        customers = books.customers.live.map { row in
            let person = [row.text("PersonFirstName"), row.text("PersonLastName")].filter { !$0.isEmpty }
            return Customer(
                dataAreaId: row.dataAreaId, account: row.text("CustomerAccount"),
                name: row.text("PartyType") == "Person"
                    ? person.joined(separator: " ") : row.text("OrganizationName"),
                email: row.text("PrimaryContactEmail"))
        }
        invoices = books.invoices.live.map { row in
            let lines = books.invoiceLines.positions("InvoiceNumber", row.text("InvoiceNumber"))
                .map { books.invoiceLines.rows[$0] }.filter { $0.dataAreaId == row.dataAreaId }
            return Invoice(
                dataAreaId: row.dataAreaId, invoiceNumber: row.text("InvoiceNumber"),
                salesOrderNumber: row.text("SalesOrderNumber"),
                customersOrderReference: row.text("CustomersOrderReference"),
                totalAmount: row.number("TotalInvoiceAmount"),
                lines: lines.map { line in
                    InvoiceLine(
                        productNumber: line.text("ProductNumber"), quantity: line.number("InvoicedQuantity"),
                        lineAmount: line.number("LineAmount"))
                })
        }
        self.eventErrors = eventErrors
    }
}

extension DynamicsBooks {
    func order(_ row: ODataTable.Row) -> DynamicsSnapshot.Order {
        let lines = lines(of: row.text("SalesOrderNumber"), row.dataAreaId).map { self.lines.rows[$0] }
        return DynamicsSnapshot.Order(
            dataAreaId: row.dataAreaId, salesOrderNumber: row.text("SalesOrderNumber"),
            customersOrderReference: row.text("CustomersOrderReference"),
            orderingCustomerAccount: row.text("OrderingCustomerAccountNumber"),
            currencyCode: row.text("CurrencyCode"), status: row.text("SalesOrderStatus"),
            processingStatus: row.text("SalesOrderProcessingStatus"), totalAmount: row.number("OrderTotalAmount"),
            lines: lines.map { line in
                DynamicsSnapshot.Line(
                    lineNumber: line.number("LineNumber"), itemNumber: line.text("ItemNumber"),
                    quantity: line.number("OrderedSalesQuantity"), salesPrice: line.number("SalesPrice"),
                    lineDiscountAmount: line.number("LineDiscountAmount"), lineAmount: line.number("LineAmount"),
                    inventoryLotId: line.text("InventoryLotId"), status: line.text("SalesOrderLineStatus"))
            }.sorted { $0.lineNumber < $1.lineNumber })
    }
}

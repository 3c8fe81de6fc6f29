/// The entity sets that Causeway reads and writes. Versions differ between environments, so each can be replaced.
public struct EntitySetNames: Sendable, Equatable {
    public var customers: String
    /// Newer environments also have `SalesOrderHeadersV3` and `SalesOrderHeadersV4`.
    public var salesOrderHeaders: String
    /// Older environments have `SalesOrderLines` ("Sales order lines V2"); there is no `SalesOrderLinesV2`.
    public var salesOrderLines: String
    public var salesInvoiceHeaders: String
    public var salesInvoiceLines: String
    public var paymentJournalHeaders = "CustomerPaymentJournalHeaders"
    public var paymentJournalLines = "CustomerPaymentJournalLines"
    public var returnOrderHeaders = "ReturnOrderHeadersV2"
    public var returnOrderLines = "ReturnOrderLinesV2"
    /// The addresses of customer accounts.
    public var customerAddresses = "CustomerPostalAddressesV2"
    /// The e-mail addresses and the like of all parties of the address book.
    public var partyContacts = "PartyContactsV3"
    public var salesQuotationHeaders = "SalesQuotationHeadersV2"
    public var salesQuotationLines = "SalesQuotationLines"

    public init(
        customers: String = "CustomersV3", salesOrderHeaders: String = "SalesOrderHeadersV2",
        salesOrderLines: String = "SalesOrderLinesV3", salesInvoiceHeaders: String = "SalesInvoiceHeadersV2",
        salesInvoiceLines: String = "SalesInvoiceV3Lines"
    ) {
        self.customers = customers
        self.salesOrderHeaders = salesOrderHeaders
        self.salesOrderLines = salesOrderLines
        self.salesInvoiceHeaders = salesInvoiceHeaders
        self.salesInvoiceLines = salesInvoiceLines
    }

    /// Those that orders and their invoices need, which every configuration carries.
    public var all: [String] {
        [customers, salesOrderHeaders, salesOrderLines, salesInvoiceHeaders, salesInvoiceLines]
    }
}

import Foundation

/// Everything that F&O keeps, as a value: each request is one change of it.
struct DynamicsBooks: Sendable {
    let configuration: SandboxDynamicsConfiguration
    var customers = ODataTable(indexed: ["CustomerAccount", "PrimaryContactEmail", "PartyNumber"])
    var orders = ODataTable(indexed: ["SalesOrderNumber", "CustomersOrderReference"])
    var lines = ODataTable(indexed: ["SalesOrderNumber", "InventoryLotId"])
    var invoices = ODataTable(indexed: ["InvoiceNumber", "SalesOrderNumber", "CustomersOrderReference"])
    var invoiceLines = ODataTable(indexed: ["InvoiceNumber"])
    var packingSlips = ODataTable(indexed: ["PackingSlipId", "SalesOrderNumber"])
    var packingSlipLines = ODataTable(indexed: ["PackingSlipId"])
    /// Delivered so far, by lot.
    var deliveredQuantities: [String: Decimal] = [:]
    var payments = PaymentBooks()
    var returns = ReturnBooks()
    /// Invoiced so far, by lot.
    var invoicedQuantities: [String: Decimal] = [:]
    var contacts = ODataTable(indexed: ["PartyNumber", "Locator"])
    var addresses = ODataTable(indexed: ["CustomerAccount", "AddressLocationId"])
    var balances = ODataTable(indexed: ["CustomerAccount"])
    var quotations = ODataTable(
        indexed: ["SalesQuotationNumber", "CustomersReference", "CustomerRequisitionNumber"])
    var quotationLines = ODataTable(indexed: ["SalesQuotationNumber", "InventoryLotId"])
    var partyNumbers: Set<String> = []
    var locationCount = 0
    private var items: [String: [String: SandboxItem]]
    private var sequences: [String: Int] = [:]
    private var lastRecordID = 5_637_144_576

    init(_ configuration: SandboxDynamicsConfiguration) {
        self.configuration = configuration
        items = configuration.items.mapValues { list in
            Dictionary(list.map { ($0.number.lowercased(), $0) }, uniquingKeysWith: { _, last in last })
        }
    }

    func table(_ schema: EntitySchema) -> ODataTable { self[keyPath: Self.path(schema)] }

    static func path(_ schema: EntitySchema) -> WritableKeyPath<DynamicsBooks, ODataTable> {
        switch schema.type {
        case EntitySchema.customers.type: \.customers
        case EntitySchema.salesOrderHeaders.type: \.orders
        case EntitySchema.salesInvoiceHeaders.type: \.invoices
        case EntitySchema.salesInvoiceLines.type: \.invoiceLines
        case EntitySchema.packingSlipHeaders.type: \.packingSlips
        case EntitySchema.packingSlipLines.type: \.packingSlipLines
        case EntitySchema.paymentJournalHeaders.type: \.payments.headers
        case EntitySchema.paymentJournalLines.type: \.payments.lines
        case EntitySchema.returnOrderHeaders.type: \.returns.headers
        case EntitySchema.returnOrderLines.type: \.returns.lines
        case EntitySchema.customerAddresses.type: \.addresses
        case EntitySchema.partyContacts.type: \.contacts
        case EntitySchema.customerBalances.type: \.balances
        case EntitySchema.quotationHeaders.type: \.quotations
        case EntitySchema.quotationLines.type: \.quotationLines
        default: \.lines
        }
    }

    var defaultCompany: String { configuration.legalEntities.first?.lowercased() ?? "" }

    func hasCompany(_ id: String) -> Bool { configuration.legalEntities.contains { $0.lowercased() == id } }

    func item(_ number: String, dataAreaId: String) -> SandboxItem? { items[dataAreaId]?[number.lowercased()] }

    mutating func release(_ item: SandboxItem, dataAreaId: String) {
        items[dataAreaId, default: [:]][item.number.lowercased()] = item
    }

    /// The next number of a sequence of a legal entity: `SO-000001`.
    mutating func nextNumber(_ prefix: String, dataAreaId: String) -> String {
        let key = "\(dataAreaId) \(prefix)"
        sequences[key, default: 0] += 1
        return "\(prefix)-" + TimeText.padded(sequences[key] ?? 0, width: 6)
    }

    /// Rises over all tables, with gaps.
    mutating func nextRecordID() -> Int {
        lastRecordID += 1
        return lastRecordID
    }
}

public import JSON

/// What the flows ask of F&O, in its own terms. All errors are `DeliveryFault`s.
public struct DynamicsClient: Sendable {
    let odata: ODataClient
    public let names: EntitySetNames

    public init(odata: ODataClient, names: EntitySetNames = EntitySetNames()) {
        self.odata = odata
        self.names = names
    }

    /// - Returns: At most two customers: one is a match, two are an ambiguity that a person must resolve.
    public func findCustomers(email: String, dataAreaId: String) async throws -> [CustomerRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "PrimaryContactEmail", email)
        return try await odata.rows(names.customers, where: filter, top: 2)
    }

    /// - Parameter customer: Properties of `CustomersV3`.
    public func createCustomer(_ customer: some Encodable & Sendable) async throws -> CustomerRow {
        try await odata.create(names.customers, customer)
    }

    /// - Returns: At most two orders: one is a match, two mean that the order was created twice.
    public func findSalesOrders(
        customersOrderReference: String, dataAreaId: String
    ) async throws -> [SalesOrderHeaderRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "CustomersOrderReference", customersOrderReference)
        return try await odata.rows(names.salesOrderHeaders, where: filter, top: 2)
    }

    public func salesOrder(number: String, dataAreaId: String) async throws -> SalesOrderHeaderRow? {
        try await odata.row(names.salesOrderHeaders, key: DynamicsClient.key(number, dataAreaId))
    }

    /// - Parameter header: Properties of `SalesOrderHeadersV2`.
    public func createSalesOrderHeader(_ header: some Encodable & Sendable) async throws -> SalesOrderHeaderRow {
        try await odata.create(names.salesOrderHeaders, header)
    }

    /// - Returns: All lines, by line number.
    public func salesOrderLines(salesOrderNumber: String, dataAreaId: String) async throws -> [SalesOrderLineRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "SalesOrderNumber", salesOrderNumber)
        let lines: [SalesOrderLineRow] = try await odata.rows(names.salesOrderLines, where: filter)
        return lines.sorted { $0.LineNumber < $1.LineNumber }
    }

    /// Add the lines of one order one after the other: side by side they meet in update conflicts.
    /// - Parameter line: Properties of `SalesOrderLinesV3`.
    public func createSalesOrderLine(_ line: some Encodable & Sendable) async throws -> SalesOrderLineRow {
        try await odata.create(names.salesOrderLines, line)
    }

    /// Lines that `createSalesOrderLines` takes.
    public var longestChangeSet: Int { odata.limits.maxBatchOperations }

    /// All of them or none, in one transaction.
    /// - Returns: The lines as F&O completed them, in the same order.
    public func createSalesOrderLines(_ lines: [some Encodable & Sendable]) async throws -> [SalesOrderLineRow] {
        let changes = try lines.map { try ODataChange.create(names.salesOrderLines, $0) }
        return try await odata.changeSet(changes).map { try $0.row() }
    }

    /// - Returns: Usually one; an invoice number can return in another fiscal year.
    public func salesInvoiceHeaders(
        invoiceNumber: String, dataAreaId: String
    ) async throws -> [SalesInvoiceHeaderRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "InvoiceNumber", invoiceNumber)
        return try await odata.rows(names.salesInvoiceHeaders, where: filter)
    }

    /// - Returns: All lines, in the order of their creation.
    public func salesInvoiceLines(
        invoiceNumber: String, dataAreaId: String
    ) async throws -> [SalesInvoiceLineRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "InvoiceNumber", invoiceNumber)
        let lines: [SalesInvoiceLineRow] = try await odata.rows(names.salesInvoiceLines, where: filter)
        return lines.sorted { $0.LineCreationSequenceNumber < $1.LineCreationSequenceNumber }
    }

    /// The names of all entity sets of the environment. Waits for the first call after a restart of F&O.
    public func entitySets() async throws -> [String] { try await odata.entitySets() }

    /// Rows of an entity set that only the configuration knows.
    public func records(_ query: ODataRecordQuery) async throws -> [JSONObject] { try await odata.records(query) }

    /// Reads one row of an entity set: shows that sign-in, privileges and the name are right.
    public func ping(_ entitySet: String) async throws {
        _ = try await odata.rows(entitySet, top: 1, as: CompanyRow.self)
    }

    static func filter(
        _ dataAreaId: String, _ property: String, _ value: String
    ) throws(ODataFault) -> ODataFilter {
        try .eq("dataAreaId", dataAreaId.lowercased()).and(.eq(property, value))
    }
}

/// The one property that all rows of a legal entity have.
private struct CompanyRow: ODataRow {
    let dataAreaId: String
    static let properties = ["dataAreaId"]
}

public import Relay

/// Many sales orders at once, to be compared with the shop's.
extension DynamicsClient {
    /// Values that one call looks for.
    public static let mostLookedFor = ODataFilter.maxAlternatives

    /// The sales orders of these companies that were created in the period, page by page.
    public func salesOrderOverviews(
        createdFrom from: Timestamp, until: Timestamp, dataAreaIds: [String]
    ) throws -> ODataPages<SalesOrderOverviewRow> {
        let filter = try ODataFilter.oneOf("dataAreaId", dataAreaIds)
            .and(.ge("OrderCreationDateTime", from)).and(.lt("OrderCreationDateTime", until))
        return odata.pages(names.salesOrderHeaders, ODataQuery(where: filter))
    }

    /// The sales orders that carry one of these numbers of the shop, in any of the companies.
    /// - Parameter references: At most `mostLookedFor`; what no filter can look for is left out.
    public func salesOrderOverviews(
        references: [String], dataAreaIds: [String]
    ) async throws -> [SalesOrderOverviewRow] {
        try await rows(names.salesOrderHeaders, "CustomersOrderReference", references, dataAreaIds)
    }

    /// What the lines of these sales orders come to.
    /// - Parameter salesOrders: At most `mostLookedFor` numbers.
    public func salesOrderAmounts(salesOrders: [String], dataAreaIds: [String]) async throws -> [SalesOrderAmountRow]
    {
        try await rows(names.salesOrderLines, "SalesOrderNumber", salesOrders, dataAreaIds)
    }

    /// The invoices of these sales orders.
    /// - Parameter salesOrders: At most `mostLookedFor` numbers.
    public func salesInvoices(salesOrders: [String], dataAreaIds: [String]) async throws -> [SalesInvoiceHeaderRow] {
        try await rows(names.salesInvoiceHeaders, "SalesOrderNumber", salesOrders, dataAreaIds)
    }

    private func rows<Row: ODataRow>(
        _ entitySet: String, _ property: String, _ values: [String], _ dataAreaIds: [String]
    ) async throws -> [Row] {
        let values = Array(Set(values.filter { $0.filterFlaw == nil })).sorted()
        guard !values.isEmpty else { return [] }
        let filter = try ODataFilter.oneOf("dataAreaId", dataAreaIds).and(.oneOf(property, values))
        return try await odata.rows(entitySet, where: filter)
    }
}

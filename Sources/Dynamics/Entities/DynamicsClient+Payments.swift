extension DynamicsClient {
    /// Payments that carry this reference, in open and posted journals.
    /// - Returns: At most two: one is a match, two mean that the money was noted twice.
    public func findPayments(reference: String, dataAreaId: String) async throws -> [PaymentJournalLineRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "PaymentReference", reference)
        return try await odata.rows(names.paymentJournalLines, where: filter, top: 2)
    }

    /// Journals of this description that still take lines.
    public func openPaymentJournals(description: String, dataAreaId: String) async throws -> [PaymentJournalHeaderRow]
    {
        let filter = try DynamicsClient.filter(dataAreaId, "Description", description).and(.eq("IsPosted", NoYes.No))
        return try await odata.rows(names.paymentJournalHeaders, where: filter)
    }

    public func createPaymentJournal(_ header: some Encodable & Sendable) async throws -> PaymentJournalHeaderRow {
        try await odata.create(names.paymentJournalHeaders, header)
    }

    /// The line with the highest number; `nil` for a journal without lines. A journal of a busy day has thousands.
    public func lastPaymentJournalLine(
        journalBatchNumber: String, dataAreaId: String
    ) async throws -> PaymentJournalLineRow? {
        let filter = try DynamicsClient.filter(dataAreaId, "JournalBatchNumber", journalBatchNumber)
        let last = ODataQuery<PaymentJournalLineRow>(where: filter, top: 1)
            .ordered(by: ODataOrder("LineNumber", descending: true))
        return try await odata.rows(names.paymentJournalLines, last).first
    }

    /// One after the other for one journal: side by side they meet in update conflicts.
    public func createPaymentJournalLine(_ line: some Encodable & Sendable) async throws -> PaymentJournalLineRow {
        try await odata.create(names.paymentJournalLines, line)
    }

    /// All posted invoices of a sales order.
    public func salesInvoiceHeaders(
        salesOrderNumber: String, dataAreaId: String
    ) async throws -> [SalesInvoiceHeaderRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "SalesOrderNumber", salesOrderNumber)
        return try await odata.rows(names.salesInvoiceHeaders, where: filter)
    }
}

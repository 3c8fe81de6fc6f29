import Foundation
import JSON

/// Customer payment journals, and what F&O checks in them.
struct PaymentBooks: Sendable {
    var headers = ODataTable(indexed: ["JournalBatchNumber"])
    var lines = ODataTable(indexed: ["JournalBatchNumber", "PaymentReference"])
}

extension DynamicsBooks {
    mutating func createJournal(_ fields: inout JSONObject, _ area: String) throws(ODataRefusal) -> Int {
        let schema = EntitySchema.paymentJournalHeaders
        let name = fields["JournalName"]?.stringValue ?? ""
        guard configuration.journalNames.contains(name) else {
            throw .notInTable(schema, value: name, field: "Name", table: "Journal names")
        }
        guard fields["JournalBatchNumber"] == nil else {
            throw .infolog(schema, "The number sequence of 'Journal batch number' does not allow manual numbers")
        }
        fields["JournalBatchNumber"] = .string(nextNumber("JB", dataAreaId: area))
        return payments.headers.insert(fields, recordID: nextRecordID())
    }

    mutating func createJournalLine(_ fields: inout JSONObject, _ area: String) throws(ODataRefusal) -> Int {
        let schema = EntitySchema.paymentJournalLines
        func text(_ name: String) -> String { fields[name]?.stringValue ?? "" }
        let batch = text("JournalBatchNumber")
        guard let journal = payments.headers.row("JournalBatchNumber", batch, dataAreaId: area) else {
            throw .notInTable(schema, value: batch, field: "Journal batch number", table: "Ledger journal table")
        }
        guard journal.text("IsPosted") != "Yes" else { throw .infolog(schema, "Journal \(batch) is already posted") }
        try checkAccounts(schema, fields, area)
        try checkCurrency(text("CurrencyCode"), schema)
        let amounts = ["CreditAmount", "DebitAmount"].map { fields[$0]?.numberValue ?? 0 }
        guard amounts.allSatisfy({ $0 >= 0 }), amounts.count(where: { $0 > 0 }) == 1 else {
            throw .infolog(schema, "Either a debit or a credit amount must be specified")
        }
        try checkSettlement(schema, fields, area)
        try numberLine(&fields, of: batch, area)
        fields["Voucher"] = .string(nextNumber("PMV", dataAreaId: area))
        return payments.lines.insert(fields, recordID: nextRecordID())
    }

    private func checkAccounts(
        _ schema: EntitySchema, _ fields: JSONObject, _ area: String
    ) throws(ODataRefusal) {
        let account = fields["AccountDisplayValue"]?.stringValue ?? ""
        guard fields["AccountType"] == "Cust", customers.row("CustomerAccount", account, dataAreaId: area) != nil
        else {
            throw .notInTable(schema, value: account, field: "Account", table: "Customers")
        }
        if let method = fields["PaymentMethodName"]?.stringValue, !configuration.paymentMethods.contains(method) {
            throw .notInTable(schema, value: method, field: "Method of payment", table: "Customer payment methods")
        }
        let offset = fields["OffsetAccountDisplayValue"]?.stringValue ?? ""
        if fields["OffsetAccountType"] == "Bank", !configuration.bankAccounts.contains(offset) {
            throw .notInTable(schema, value: offset, field: "Offset account", table: "Bank accounts")
        }
    }

    /// A marked invoice must be one of the customer's.
    private func checkSettlement(
        _ schema: EntitySchema, _ fields: JSONObject, _ area: String
    ) throws(ODataRefusal) {
        guard let number = fields["MarkedInvoice"]?.stringValue, !number.isEmpty else { return }
        guard fields["IsPrepayment"] != "Yes" else {
            throw .infolog(schema, "A prepayment can't be settled against an invoice")
        }
        let invoice = invoices.row("InvoiceNumber", number, dataAreaId: area)
        guard invoice?.fields["InvoiceCustomerAccountNumber"] == fields["AccountDisplayValue"] else {
            throw .notInTable(schema, value: number, field: "Marked invoice", table: "Customer transactions")
        }
    }

    private func numberLine(
        _ fields: inout JSONObject, of batch: String, _ area: String
    ) throws(ODataRefusal) {
        let taken = payments.lines.positions("JournalBatchNumber", batch).map { payments.lines.rows[$0] }
            .filter { $0.dataAreaId == area }.map { $0.number("LineNumber") }
        let number = fields["LineNumber"]?.numberValue ?? (taken.max() ?? 0) + 1
        guard !taken.contains(number) else {
            throw .infolog(
                .paymentJournalLines,
                "Cannot create a record in Journal lines (LedgerJournalTrans). Line number: \(number). "
                    + "The record already exists")
        }
        fields["LineNumber"] = .number(number)
    }

    /// - Returns: The vouchers that were posted.
    mutating func postJournal(_ batch: String, _ area: String) throws(SandboxError) -> [String] {
        guard let position = payments.headers.position("JournalBatchNumber", batch, dataAreaId: area),
            payments.headers.rows[position].text("IsPosted") != "Yes"
        else { throw .unknownJournal(batch, dataAreaId: area) }
        let lines = payments.lines.positions("JournalBatchNumber", batch).map { payments.lines.rows[$0] }
            .filter { $0.dataAreaId == area }
        if let open = lines.first(where: { $0.text("OffsetAccountDisplayValue").isEmpty }) {
            throw .journalNotBalanced(batch, lineNumber: "\(open.number("LineNumber"))")
        }
        payments.headers.update(position) { $0["IsPosted"] = "Yes" }
        return lines.map { $0.text("Voucher") }
    }
}

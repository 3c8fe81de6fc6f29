/// Customer payment journals. Names from the metadata of 10.0.47.
extension EntitySchema {
    static let paymentJournalHeaders = EntitySchema(
        set: "CustomerPaymentJournalHeaders", type: "CustomerPaymentJournalHeader",
        key: ["dataAreaId", "JournalBatchNumber"],
        [
            .of(.string, "JournalBatchNumber Description"), .of(.string, "JournalName").required,
            .noYes("OverrideSalesTax"), .noYes("IsPosted").readOnly,
        ])

    static let paymentJournalLines = EntitySchema(
        set: "CustomerPaymentJournalLines", type: "CustomerPaymentJournalLine",
        key: ["dataAreaId", "JournalBatchNumber", "LineNumber"],
        [
            .of(.string, "JournalBatchNumber AccountDisplayValue CurrencyCode").required,
            .of(.dateTime, "TransactionDate").required,
            .of(
                .string,
                """
                PaymentMethodName PaymentReference PaymentId PaymentSpecification TransactionText
                OffsetAccountDisplayValue MarkedInvoice MarkedInvoiceCompany PostingProfile Company OffsetCompany
                DefaultDimensionDisplayValue
                """),
            .of(.decimal, "LineNumber CreditAmount DebitAmount ExchangeRate"),
            .of(accountType, "AccountType OffsetAccountType"),
            .of(
                .enumeration(
                    type: "SettlementType", symbols: ["None", "OpenTransact", "SelectedTransact"]), "SettleVoucher"),
            .noYes("IsPrepayment"), .of(.string, "Voucher").readOnly,
        ])

    private static let accountType = Kind.enumeration(
        type: "LedgerJournalACType", symbols: ["Ledger", "Cust", "Vend", "Project", "FixedAssets", "Bank"])
}

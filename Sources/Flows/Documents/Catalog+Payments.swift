import Mapping

/// Documents of payments: what they may read and fill.
extension FlowCatalog {
    static let paymentTargets: [TargetRecord] = [
        TargetRecord(
            "dynamics.CustomerPaymentJournalHeader", owned: ["dataAreaId", "Description"],
            [
                TargetField("JournalName", .text(longest: 10), required: true, note: "name of a payment journal"),
                TargetField("OverrideSalesTax", .noYes),
            ]),
        TargetRecord(
            "dynamics.CustomerPaymentJournalLine", owned: PaymentJournal.keys,
            [
                TargetField("TransactionDate", .date, required: true),
                TargetField("AccountType", .choice(["Cust"]), required: true),
                TargetField("CreditAmount", .decimal, note: "what the customer paid"),
                TargetField("DebitAmount", .decimal, note: "what the customer got back"),
                TargetField("CurrencyCode", .text(longest: 3), required: true),
                TargetField("ExchangeRate", .decimal),
                TargetField("PaymentMethodName", .text(longest: 10)),
                TargetField("PaymentId", .text(longest: 20), note: "the provider's transaction"),
                TargetField("PaymentSpecification", .text(longest: 10)),
                TargetField("TransactionText", .text(longest: 60)),
                TargetField("OffsetAccountType", .choice(["Bank", "Ledger"])),
                TargetField("OffsetAccountDisplayValue", .text(longest: nil)),
                TargetField("MarkedInvoice", .text(longest: 20), note: "the invoice that it pays"),
                TargetField("MarkedInvoiceCompany", .text(longest: 4)),
                TargetField("SettleVoucher", .choice(["None", "OpenTransact", "SelectedTransact"])),
                TargetField("IsPrepayment", .noYes),
                TargetField("PostingProfile", .text(longest: 10)),
                TargetField("OffsetCompany", .text(longest: 4)),
                TargetField("DefaultDimensionDisplayValue", .text(longest: nil)),
            ]),
    ]

    /// What the shop says of its documents is open: extensions add fields.
    static let paymentSources: [String: [SourceRecord]] = [
        "commerce.invoice": [
            SourceRecord("invoice", isOpen: true, documentFields), SourceRecord("order", isOpen: true, [:]),
            SourceRecord("settlement", ["prepayment": .flag, "invoice": .text]), money,
            // The header of refunds' journals is filled by the same document.
            SourceRecord("memo", isOpen: true, documentFields),
        ],
        "commerce.creditmemo": [
            SourceRecord("memo", isOpen: true, documentFields), SourceRecord("order", isOpen: true, [:]), money,
        ],
    ]

    /// A document's total in the currency of the sales order.
    private static let money = SourceRecord("money", ["amount": .number, "currency": .text])

    private static let documentFields: [String: SourceRecord.Kind] = [
        "entity_id": .number, "increment_id": .text, "order_id": .number, "store_id": .number, "state": .number,
        "created_at": .date, "updated_at": .date, "transaction_id": .text, "order_currency_code": .text,
        "base_currency_code": .text, "grand_total": .number, "base_grand_total": .number, "subtotal": .number,
        "tax_amount": .number, "shipping_amount": .number, "discount_amount": .number,
    ]
}

/// What a company decides about the payments of its shop.
public struct PaymentPolicy: Sendable, Equatable {
    public var journal: PaymentJournals
    /// Payment methods of Commerce whose invoices bring no money: paid on account, or nothing to pay.
    public var skippedMethods: Set<String>
    /// What the shop's invoice number is preceded by in `PaymentReference`. Numbers of invoices, orders and credit memos
    /// are alike, and a payment is found by its reference alone.
    public var referencePrefix: String
    /// Whether payments are marked for the invoice that they pay, or as prepayment before there is one.
    public var isSettled: Bool

    public static let standardSkippedMethods: Set<String> = ["companycredit", "free", "purchaseorder"]
    public static let standardReferencePrefix = "INV-"

    public init(
        journal: PaymentJournals = .perDay, skippedMethods: Set<String> = standardSkippedMethods,
        referencePrefix: String = standardReferencePrefix, isSettled: Bool = true
    ) {
        self.journal = journal
        self.skippedMethods = skippedMethods
        self.referencePrefix = referencePrefix
        self.isSettled = isSettled
    }
}

/// Which payments share a journal.
public enum PaymentJournals: String, Sendable, CaseIterable {
    /// Those of one day and legal entity, as long as the journal is not posted.
    case perDay
    /// None.
    case perPayment
}

public import Foundation
import JSON
import Synchronization

extension DynamicsSnapshot {
    /// A line of a customer payment journal.
    public struct Payment: Sendable, Equatable {
        public let dataAreaId: String
        public let journal: String
        public let journalName: String
        public let isPosted: Bool
        public let lineNumber: Decimal
        public let account: String
        public let credit: Decimal
        public let debit: Decimal
        public let currencyCode: String
        public let method: String
        public let offsetAccount: String
        public let reference: String
        public let markedInvoice: String
        public let settleVoucher: String
        public let isPrepayment: Bool
        /// `2026-01-15T12:00:00Z`.
        public let date: String
    }
}

extension SandboxDynamics {
    /// All lines of all payment journals, in the order of their creation.
    public func payments() -> [DynamicsSnapshot.Payment] {
        core.books.withLock { books in
            books.payments.lines.live.map { line in
                let journal = books.payments.headers.row(
                    "JournalBatchNumber", line.text("JournalBatchNumber"), dataAreaId: line.dataAreaId)
                return DynamicsSnapshot.Payment(
                    dataAreaId: line.dataAreaId, journal: line.text("JournalBatchNumber"),
                    journalName: journal?.text("JournalName") ?? "", isPosted: journal?.text("IsPosted") == "Yes",
                    lineNumber: line.number("LineNumber"), account: line.text("AccountDisplayValue"),
                    credit: line.number("CreditAmount"), debit: line.number("DebitAmount"),
                    currencyCode: line.text("CurrencyCode"), method: line.text("PaymentMethodName"),
                    offsetAccount: line.text("OffsetAccountDisplayValue"), reference: line.text("PaymentReference"),
                    markedInvoice: line.text("MarkedInvoice"), settleVoucher: line.text("SettleVoucher"),
                    isPrepayment: line.text("IsPrepayment") == "Yes", date: line.text("TransactionDate"))
            }
        }
    }

    /// Numbers of journals, those without lines as well.
    public func paymentJournals() -> [String] {
        core.books.withLock { $0.payments.headers.live.map { $0.text("JournalBatchNumber") } }
    }

    /// Posts a payment journal, as a person or a batch does. A line without an offset account is out of balance.
    /// - Returns: The vouchers.
    @discardableResult
    public func postPaymentJournal(_ number: String, dataAreaId: String) throws(SandboxError) -> [String] {
        try core.books.withLock { books throws(SandboxError) in
            try books.postJournal(number, dataAreaId.lowercased())
        }
    }
}

extension SandboxDynamics {
    /// A person writes another reference onto a payment.
    public func changePayment(reference: String, to other: String) throws(SandboxError) {
        let isKnown = core.books.withLock { books in
            guard let position = books.payments.lines.positions("PaymentReference", reference).first else {
                return false
            }
            books.payments.lines.update(position) { $0["PaymentReference"] = .string(other) }
            return true
        }
        guard isKnown else { throw .refused("there is no payment with the reference \(reference)") }
    }
}

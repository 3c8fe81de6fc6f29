import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// Writes lines of customer payment journals. Each is found by its reference before it is written, and one is written
/// at a time: F&O answers parallel inserts into one journal with update conflicts.
struct PaymentJournal: Sendable {
    /// A payment that came, or that went back.
    struct Entry: Sendable {
        /// Of the account, as the mapping document says.
        var line: MappedRecord
        var header: MappedRecord
        /// Which journal takes it, so that the journal is found again.
        var journal: String
        var dataAreaID: String
        var account: String
        /// The natural key within the legal entity.
        var reference: String
    }

    /// The longest `PaymentReference`, in UTF-16 units: F&O keeps it as `PaymReference`, a string of 20
    /// (learn.microsoft.com/previous-versions/dynamics/ax-2012/reference, "PaymReference Extended Data Type"). One that
    /// was cut would not be found again.
    static let referenceLimit = 20

    /// What a person may not change of a line.
    static let keys: Set = [
        "dataAreaId", "JournalBatchNumber", "LineNumber", "AccountDisplayValue", "PaymentReference",
    ]

    private let dynamics: DynamicsClient
    private let locks = KeyedLocks<String>()

    init(_ dynamics: DynamicsClient) { self.dynamics = dynamics }

    /// - Returns: Where the payment stands: `JB-000017 line 3`.
    func ensure(_ step: String, _ entry: Entry, link: LinkKey, _ steps: Steps) async throws -> String {
        guard entry.reference.utf16.count <= Self.referenceLimit else {
            throw Verdict.park(
                "reference-too-long",
                "PaymentReference \"\(entry.reference)\" has \(entry.reference.utf16.count) characters; F&O keeps "
                    + "\(Self.referenceLimit).",
                advice: "Configure a shorter prefix, then replay the event.")
        }
        return try await locks.withLock("\(entry.dataAreaID) \(entry.journal)") {
            try await steps.ensure(step, link: link) {
                try await find(entry)
            } create: {
                try await write(entry)
            }
        }
    }

    private func find(_ entry: Entry) async throws -> String? {
        let found = try await dynamics.findPayments(reference: entry.reference, dataAreaId: entry.dataAreaID)
        guard let payment = found.first else { return nil }
        guard found.count == 1, payment.AccountDisplayValue == entry.account, payment.amount == entry.amount else {
            throw Verdict.park(
                "another-payment",
                "In \(entry.dataAreaID) \(found.map(\.place).joined(separator: " and ")) has PaymentReference "
                    + "\(entry.reference), but is not the one payment of \(entry.amount) for \(entry.account).",
                advice: "Correct or delete what is wrong in the journal, then replay the event.")
        }
        return payment.place
    }

    private func write(_ entry: Entry) async throws -> String {
        // A correction that a person made is of the line.
        let journal = try await RecordPatch.$current.withValue(nil) { try await openJournal(entry) }
        let last = try await dynamics.lastPaymentJournalLine(
            journalBatchNumber: journal, dataAreaId: entry.dataAreaID)
        var line = entry.line
        line.set("dataAreaId", .string(entry.dataAreaID))
        line.set("JournalBatchNumber", .string(journal))
        line.set("LineNumber", .number((last?.LineNumber ?? 0) + 1))
        line.set("AccountDisplayValue", .string(entry.account))
        line.set("PaymentReference", .string(entry.reference))
        return try await dynamics.createPaymentJournalLine(line).place
    }

    /// The open journal of that description. One that was posted meanwhile takes no more lines, so another is made.
    private func openJournal(_ entry: Entry) async throws -> String {
        let open = try await dynamics.openPaymentJournals(description: entry.journal, dataAreaId: entry.dataAreaID)
        let name = entry.header.text("JournalName")
        if let journal = open.first(where: { $0.JournalName == name }) { return journal.JournalBatchNumber }
        var header = entry.header
        header.set("dataAreaId", .string(entry.dataAreaID))
        header.set("Description", .string(entry.journal))
        return try await dynamics.createPaymentJournal(header).JournalBatchNumber
    }
}

extension PaymentJournal.Entry {
    /// Above zero for what came, below for what went back.
    var amount: Decimal { (line["CreditAmount"]?.numberValue ?? 0) - (line["DebitAmount"]?.numberValue ?? 0) }

    /// - Parameters:
    ///   - purpose: `payments`, `refunds`.
    ///   - line: With `TransactionDate`.
    static func journal(_ purpose: String, _ journals: PaymentJournals, _ line: MappedRecord, reference: String)
        -> String
    {
        switch journals {
        case .perDay: "Causeway \(purpose) \(line.text("TransactionDate")?.prefix(10) ?? "")"
        case .perPayment: "Causeway \(purpose) \(reference)"
        }
    }
}

extension PaymentJournalLineRow {
    fileprivate var amount: Decimal { (CreditAmount ?? 0) - (DebitAmount ?? 0) }
}

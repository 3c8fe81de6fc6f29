public import Foundation

/// A customer payment journal (`CustomerPaymentJournalHeaders`), as far as Causeway reads it.
public struct PaymentJournalHeaderRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    /// Assigned by a number sequence.
    public var JournalBatchNumber: String
    public var JournalName: String?
    public var Description: String?
    /// A posted journal takes no more lines.
    public var IsPosted: NoYes?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, JournalBatchNumber, JournalName, Description, IsPosted
    }

    public static let key = ["dataAreaId", "JournalBatchNumber"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, JournalBatchNumber: String) {
        self.dataAreaId = dataAreaId
        self.JournalBatchNumber = JournalBatchNumber
    }
}

/// A payment in a journal (`CustomerPaymentJournalLines`), as far as Causeway reads it.
public struct PaymentJournalLineRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var JournalBatchNumber: String
    public var LineNumber: Decimal
    /// The customer.
    public var AccountDisplayValue: String?
    /// What the customer paid.
    public var CreditAmount: Decimal?
    /// What the customer got back.
    public var DebitAmount: Decimal?
    public var CurrencyCode: String?
    /// The shop's document, by which the payment is found again.
    public var PaymentReference: String?
    public var MarkedInvoice: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, JournalBatchNumber, LineNumber, AccountDisplayValue, CreditAmount, DebitAmount
        case CurrencyCode, PaymentReference, MarkedInvoice
    }

    public static let key = ["dataAreaId", "JournalBatchNumber", "LineNumber"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, JournalBatchNumber: String, LineNumber: Decimal) {
        self.dataAreaId = dataAreaId
        self.JournalBatchNumber = JournalBatchNumber
        self.LineNumber = LineNumber
    }

    /// For people: `JB-000017 line 3`.
    public var place: String { "\(JournalBatchNumber) line \(LineNumber)" }
}

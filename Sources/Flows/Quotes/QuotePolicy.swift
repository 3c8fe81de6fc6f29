/// What a company decides about its negotiable quotes.
public struct QuotePolicy: Sendable, Equatable {
    /// States in which a quote is carried.
    public var states: Set<String>
    /// States in which a quote is over.
    public var closedStates: Set<String>
    public var whenClosed: ClosedQuotes
    /// Which field of the quotation holds the quote's number, by which it is found again.
    public var reference: QuotationReference
    /// In front of the quote's id in that field, so that no order's number is taken for it.
    public var prefix: String

    public static let standardStates: Set<String> = [
        "submitted_by_customer", "submitted_by_admin", "processing_by_customer", "processing_by_admin",
    ]
    public static let standardClosedStates: Set<String> = ["declined", "expired", "closed"]

    public init(
        states: Set<String> = standardStates, closedStates: Set<String> = standardClosedStates,
        whenClosed: ClosedQuotes = .expire, reference: QuotationReference = .customersReference,
        prefix: String = "QUOTE-"
    ) {
        self.states = states
        self.closedStates = closedStates
        self.whenClosed = whenClosed
        self.reference = reference
        self.prefix = prefix
    }
}

/// What becomes of the quotation of a quote that is over. F&O loses or cancels quotations by hand alone.
public enum ClosedQuotes: String, Sendable, CaseIterable {
    /// It stays as it is.
    case leave
    /// It expires on the day of the event.
    case expire
}

public enum QuotationReference: String, Sendable, CaseIterable {
    case customersReference = "CustomersReference"
    case customerRequisitionNumber = "CustomerRequisitionNumber"
}

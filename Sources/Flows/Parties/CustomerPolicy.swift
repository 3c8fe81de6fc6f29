/// What a company decides about its customers; how a field comes about is said in the mapping documents.
public struct CustomerPolicy: Sendable, Equatable {
    /// Commerce website id → the legal entities that its customers belong to, lower case, the first one theirs. Websites
    /// that are not named belong to the legal entity of the customer's store.
    public var websites: [String: [String]]
    /// The currency of new accounts (ISO 4217), for legal entities without one of their own.
    public var currency: String?
    /// By `dataAreaId`, lower case.
    public var currencies: [String: String]
    /// Whose party a new account may become.
    public var parties: PartyReuse
    /// Fields of F&O that are sent when an account is created and never again: F&O owns them from then on.
    public var createOnly: Set<String>
    public var removedAddresses: RemovedAddresses
    /// Whether F&O decides the customer's group in Commerce.
    public var ownsGroup: Bool
    public var attributes: CustomerAttributes

    public static let standardCreateOnly: Set<String> = [
        "CustomerGroupId", "SalesCurrencyCode", "PaymentTerms", "DiscountPriceGroupId", "LanguageId", "SiteId",
        "WarehouseId",
    ]

    public init(
        websites: [String: [String]] = [:], currency: String? = nil, currencies: [String: String] = [:],
        parties: PartyReuse = .accounts, createOnly: Set<String> = standardCreateOnly,
        removedAddresses: RemovedAddresses = .leave, ownsGroup: Bool = false,
        attributes: CustomerAttributes = CustomerAttributes()
    ) {
        self.websites = websites
        self.currency = currency
        self.currencies = currencies
        self.parties = parties
        self.createOnly = createOnly
        self.removedAddresses = removedAddresses
        self.ownsGroup = ownsGroup
        self.attributes = attributes
    }
}

/// Whose party a new account may become. A party is one person or organization of the address book, which all legal
/// entities share; each account that brings a new one makes the address book grow.
public enum PartyReuse: String, Sendable, CaseIterable {
    /// Always a new one.
    case new
    /// That of an account with the same e-mail address in another legal entity.
    case accounts
    /// That, or any party with the e-mail address: a contact, a vendor, an employee.
    case contacts
}

/// What becomes of an address that was deleted in Commerce.
public enum RemovedAddresses: String, Sendable, CaseIterable {
    /// It stays as it is: orders of years ago may have gone there.
    case leave
    /// It is ended: F&O keeps it, and no longer offers it.
    case end
}

/// Custom attributes of Commerce's customers that Causeway writes, by their codes. Without a code, nothing is written.
public struct CustomerAttributes: Sendable, Equatable {
    /// The account's number. It is also looked for here before an account is looked for by e-mail address.
    public var accountNumber: String?
    public var paymentTerms: String?
    public var holdStatus: String?
    public var priceGroup: String?

    public init(
        accountNumber: String? = nil, paymentTerms: String? = nil, holdStatus: String? = nil,
        priceGroup: String? = nil
    ) {
        self.accountNumber = accountNumber
        self.paymentTerms = paymentTerms
        self.holdStatus = holdStatus
        self.priceGroup = priceGroup
    }
}

/// What an infolog is about, as far as its words tell. F&O writes them in the language of the service user; where that is
/// not English nothing is recognised, and the sentences speak for themselves.
enum InfologTopic: CaseIterable {
    case customerOnHold
    case itemNotReleased
    case itemStopped
    case numberSequence
    case alreadyExists
    case missingValue
    case orderNotOpen
    case companyUnknown

    /// The first topic of the list that a sentence tells of: what is special comes before what is general.
    init?(_ sentences: [String]) {
        let text = sentences.joined(separator: " ").lowercased()
        let found = Self.allCases.first { topic in
            topic.phrases.contains { words in words.allSatisfy(text.contains) }
        }
        guard let found else { return nil }
        self = found
    }

    /// Any of these, all words of it.
    private var phrases: [[String]] {
        switch self {
        case .customerOnHold: [["customer", "on hold"], ["customer", "blocked"], ["account", "is stopped"]]
        case .itemNotReleased: [["item", "not released"], ["'item number'", "not found in the related table"]]
        case .itemStopped: [["item", "stopped for"], ["item", "blocked"]]
        case .numberSequence: [["number sequence"], ["manual numbers"]]
        case .alreadyExists: [["already exists"], ["already used"]]
        case .missingValue: [["must be filled in"], ["mandatory"], ["must be specified"]]
        case .orderNotOpen: [["order", "not open"], ["order", "status", "cannot be"]]
        case .companyUnknown: [["'company'", "not found in the related table"], ["legal entities", "not found"]]
        }
    }

    /// Without an end: what to do afterwards is the caller's.
    var advice: String {
        switch self {
        case .customerOnHold: "Release the customer in D365 (Credit and collections > On hold)"
        case .itemNotReleased: "Release the product to the legal entity in D365"
        case .itemStopped: "Lift the product's stop for sales in D365 (default order settings)"
        case .numberSequence:
            "Set the number sequence in D365 to hand out numbers by itself (not manual), or the other way round where "
                + "numbers are sent"
        case .alreadyExists: "Look for the record in D365 and correct what makes it a double"
        case .missingValue:
            "Give the value that the sentence names a default in D365 or in the configuration (orders.site, "
                + "orders.warehouse, …), or add it to the record"
        case .orderNotOpen: "Enter the change in D365 by hand: the order has gone too far to be changed"
        case .companyUnknown: "Correct legalEntities: the company does not exist in D365"
        }
    }
}

/// What a customer is in the global address book.
public enum PartyType: String, Sendable, Codable {
    case Person
    case Organization
}

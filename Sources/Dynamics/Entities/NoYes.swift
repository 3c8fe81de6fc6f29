/// F&O's Boolean. In JSON it is its symbol.
public enum NoYes: String, Sendable, Codable {
    case No
    case Yes
}

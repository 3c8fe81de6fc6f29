/// A row as we read it: only the properties that it names are asked for.
public protocol ODataRow: Decodable, Sendable {
    /// Property names for `$select`, spelled as the platform spells them.
    static var properties: [String] { get }
}

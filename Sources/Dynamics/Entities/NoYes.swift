/// F&O's Boolean. In JSON it is its symbol.
public struct NoYes: ODataEnumeration {
    public static let typeName = "NoYes"
    public static let No = NoYes(rawValue: "No")
    public static let Yes = NoYes(rawValue: "Yes")

    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
}

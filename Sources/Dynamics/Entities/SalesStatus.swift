/// Where a sales order or a line of one stands.
public struct SalesStatus: ODataEnumeration {
    public static let typeName = "SalesStatus"
    public static let None = SalesStatus(rawValue: "None")
    /// An open order.
    public static let Backorder = SalesStatus(rawValue: "Backorder")
    public static let Delivered = SalesStatus(rawValue: "Delivered")
    public static let Invoiced = SalesStatus(rawValue: "Invoiced")
    public static let Canceled = SalesStatus(rawValue: "Canceled")

    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
}

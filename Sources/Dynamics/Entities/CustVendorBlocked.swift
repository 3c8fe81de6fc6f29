/// What a customer is on hold for.
public struct CustVendorBlocked: ODataEnumeration {
    public static let typeName = "CustVendorBlocked"
    public static let No = CustVendorBlocked(rawValue: "No")
    public static let Invoice = CustVendorBlocked(rawValue: "Invoice")
    public static let All = CustVendorBlocked(rawValue: "All")
    public static let Payment = CustVendorBlocked(rawValue: "Payment")
    public static let Requisition = CustVendorBlocked(rawValue: "Requisition")
    public static let Never = CustVendorBlocked(rawValue: "Never")
    public static let PurchOrder = CustVendorBlocked(rawValue: "PurchOrder")

    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
}

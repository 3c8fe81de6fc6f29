/// The field of orders and return orders that holds the shop's number, by which they are found again.
public enum CustomersOrderReference {
    /// The longest, in UTF-16 units: F&O keeps it as `CustRef`, a string of 60
    /// (learn.microsoft.com/previous-versions/dynamics/ax-2012/reference, "CustRef Extended Data Type"). Check it
    /// before sending: a reference that was cut would not be found again.
    public static let longest = 60
}

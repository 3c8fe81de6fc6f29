/// The comment by which a credit memo of the shop is known to come from a credit note of F&O: the natural key of a refund,
/// as Commerce has no field for it.
enum CreditNoteMark {
    /// - Parameter part: From 1 on; money that was taken with several invoices goes back in as many parts.
    static func text(_ invoiceNumber: String, _ dataAreaID: String, part: Int) -> String {
        let name = part == 1 ? invoiceNumber : "\(invoiceNumber) part \(part)"
        return "\(beginning)\(name)\(end) (\(dataAreaID))."
    }

    static func isIn(_ comment: String) -> Bool { comment.hasPrefix(beginning) && comment.contains(end) }

    private static let beginning = "Credit note "
    private static let end = " posted in Dynamics 365"
}

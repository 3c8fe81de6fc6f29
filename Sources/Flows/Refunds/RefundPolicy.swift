public import Foundation

/// What a company decides about refunds and returns.
public struct RefundPolicy: Sendable, Equatable {
    /// What a credit memo of the shop becomes in F&O.
    public enum Form: String, Sendable, CaseIterable {
        /// A return order: the goods are expected back.
        case returnOrder
        /// A sales order with negative lines: money alone.
        case creditOrder
        /// Nothing: F&O's own credit notes lead, and go to the shop.
        case nothing
    }

    /// What happens if F&O's credit note and the shop's refund for the same items differ by more than the tolerance.
    public enum Difference: String, Sendable, CaseIterable {
        case park
        /// The difference is added to the refund, or kept back from it.
        case adjust
    }

    public var form: Form
    /// What the number of a credit memo is preceded by in `CustomersOrderReference` and `PaymentReference`.
    public var referencePrefix: String
    /// The same for a return.
    public var returnPrefix: String
    /// The items that stand for shipping, for money on top, and for a fee that is kept; `nil` has no place for it.
    public var shippingItem: String?
    public var extraItem: String?
    public var feeItem: String?
    /// Whether the money that the shop gave back is noted in a payment journal.
    public var notesPayments: Bool
    /// Payment methods of Commerce whose money does not go back through a provider.
    public var offlineMethods: Set<String>
    public var difference: Difference
    /// By which F&O's sums may differ from the shop's, in the order's currency.
    public var tolerance: Decimal
    /// Whether the shop puts what was given back into its own stock. Not where F&O's stock is sent to the shop.
    public var returnsToStock: Bool
    /// Whether the shop sends the customer its e-mail.
    public var notifies: Bool
    /// RMA statuses in which a return is carried.
    public var carriedReturns: Set<String>

    public static let standardReferencePrefix = "CM-"
    public static let standardReturnPrefix = "RMA-"
    public static let standardOfflineMethods: Set<String> = [
        "banktransfer", "cashondelivery", "checkmo", "companycredit", "free", "purchaseorder",
    ]
    public static let standardCarriedReturns: Set<String> = ["authorized", "partial_authorized"]

    public init(
        form: Form = .returnOrder, referencePrefix: String = standardReferencePrefix,
        returnPrefix: String = standardReturnPrefix, shippingItem: String? = nil, extraItem: String? = nil,
        feeItem: String? = nil, notesPayments: Bool = false,
        offlineMethods: Set<String> = standardOfflineMethods, difference: Difference = .park,
        tolerance: Decimal = OrderPolicy.standardTolerance, returnsToStock: Bool = false, notifies: Bool = false,
        carriedReturns: Set<String> = standardCarriedReturns
    ) {
        self.form = form
        self.referencePrefix = referencePrefix
        self.returnPrefix = returnPrefix
        self.shippingItem = shippingItem
        self.extraItem = extraItem
        self.feeItem = feeItem
        self.notesPayments = notesPayments
        self.offlineMethods = offlineMethods
        self.difference = difference
        self.tolerance = tolerance
        self.returnsToStock = returnsToStock
        self.notifies = notifies
        self.carriedReturns = carriedReturns
    }
}

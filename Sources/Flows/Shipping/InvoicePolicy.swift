/// What a company decides about its invoices; fields are the business of the mapping document `invoice`.
public struct InvoicePolicy: Sendable, Equatable {
    public var capture: CaptureRules
    /// Products in F&O that stand for shipping and the like, and for no item of an order.
    public var charges: Set<String>
    /// The property of F&O's invoice lines that names the sales order of a line, where the environment has one; only by
    /// it can an invoice that sums up several orders be told apart.
    public var orderProperty: String?

    public init(
        capture: CaptureRules = CaptureRules(), charges: Set<String> = [], orderProperty: String? = nil
    ) {
        self.capture = capture
        self.charges = charges
        self.orderProperty = orderProperty
    }
}

/// Whether Commerce captures the payment of an order with its invoice.
public struct CaptureRules: Sendable, Equatable {
    public enum Capture: String, Sendable, CaseIterable {
        case always
        /// The invoice stays open.
        case never
        /// Only what is paid online: there is nothing to capture of a bank transfer.
        case online
    }

    /// For methods without a rule of their own.
    public var standard: Capture
    /// By the payment method's code in Commerce.
    public var methods: [String: Capture]

    /// The methods of Commerce itself that are paid elsewhere.
    public static let offlineMethods: Set<String> = [
        "banktransfer", "cashondelivery", "checkmo", "companycredit", "free", "purchaseorder",
    ]

    public init(standard: Capture = .never, methods: [String: Capture] = [:]) {
        self.standard = standard
        self.methods = methods
    }

    /// - Parameter method: The order's payment method; `nil` for none.
    public func captures(_ method: String?) -> Bool {
        switch method.flatMap({ methods[$0] }) ?? standard {
        case .always: true
        case .never: false
        case .online: method.map { !Self.offlineMethods.contains($0) } ?? false
        }
    }
}

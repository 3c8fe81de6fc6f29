public import Dynamics

/// What Commerce is told of the way of a sales order.
public struct OrderStatusPolicy: Sendable, Equatable {
    public enum Cancellation: String, Sendable, CaseIterable {
        /// The order is cancelled in Commerce.
        case cancel
        /// A comment says so, and a person decides.
        case comment
        case ignore
    }

    /// Commerce has no call that cancels a line of an order.
    public enum LineCancellation: String, Sendable, CaseIterable {
        case comment
        case park
        case ignore
    }

    /// What the fields of business events are called.
    public var notices: NoticeFields
    /// The `SalesOrderProcessingStatus`es that are told.
    public var told: Set<String>
    public var cancellation: Cancellation
    public var lineCancellation: LineCancellation

    /// All but `Active`, which every order begins with, and `Canceled`, which is a matter of its own.
    public static let standardTold: Set<String> = [
        "Confirmed", "Picked", "PartiallyDelivered", "Delivered", "PartiallyInvoiced", "DeliveredPartiallyInvoiced",
        "Invoiced",
    ]

    public init(
        notices: NoticeFields = NoticeFields(), told: Set<String> = standardTold,
        cancellation: Cancellation = .cancel, lineCancellation: LineCancellation = .comment
    ) {
        self.notices = notices
        self.told = told
        self.cancellation = cancellation
        self.lineCancellation = lineCancellation
    }
}

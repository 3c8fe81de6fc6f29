/// What F&O is told of orders that change in Commerce after they were carried.
public struct OrderChangePolicy: Sendable, Equatable {
    public enum Cancellation: String, Sendable, CaseIterable {
        /// The lines of the sales order are deleted, or lowered to what is left, while nothing was picked or posted.
        case deleteLines
        /// The same, also of orders that are delivered or invoiced in part: what is left of them is cancelled as far as
        /// OData allows.
        case cancelRemainder
        /// Only the header says so, by the mapping document `order-cancel`.
        case flag
        /// A person decides.
        case park
        case ignore
    }

    public enum Hold: String, Sendable, CaseIterable {
        /// The header says so, by the mapping documents `order-hold` and `order-release`.
        case tell
        case park
        case ignore
    }

    /// An edit in Commerce cancels the order and places another one in its stead.
    public enum Edit: String, Sendable, CaseIterable {
        /// The lines of the old sales order are deleted before the new one is created.
        case replace
        case park
        /// Old and new are two orders that have nothing to do with each other.
        case separate
    }

    /// Another address or purchase order number on the same order.
    public enum Update: String, Sendable, CaseIterable {
        /// By the mapping document `order-change`.
        case update
        case park
        case ignore
    }

    public var cancellation: Cancellation
    public var hold: Hold
    public var edit: Edit
    public var update: Update
    /// The `SalesOrderProcessingStatus`es in which F&O is told; in others a person decides.
    public var openStatuses: Set<String>

    public static let standardOpenStatuses: Set<String> = ["Active", "Confirmed"]
    /// Added for `cancelRemainder`.
    static let partlyDone: Set<String> = ["PartiallyDelivered", "PartiallyInvoiced", "DeliveredPartiallyInvoiced"]

    public init(
        cancellation: Cancellation = .deleteLines, hold: Hold = .ignore, edit: Edit = .replace,
        update: Update = .update, openStatuses: Set<String> = standardOpenStatuses
    ) {
        self.cancellation = cancellation
        self.hold = hold
        self.edit = edit
        self.update = update
        self.openStatuses = openStatuses
    }
}

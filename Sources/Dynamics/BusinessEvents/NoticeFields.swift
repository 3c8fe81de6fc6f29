/// What a company's own business events call the things that flows ask for. Standard F&O has no event for a shipment or
/// a confirmation, so whoever writes one also names its fields.
public struct NoticeFields: Sendable, Equatable {
    /// `BusinessEventId` → the name that flows know → the event's own: `SalesOrderNumber` → `OrderNum`.
    public var byEvent: [String: [String: String]]

    public init(_ byEvent: [String: [String: String]] = [:]) { self.byEvent = byEvent }

    /// Where a field of such an event may stand, the likeliest first.
    func names(of field: SalesNotice.Field, in event: String) -> [String] {
        if let own = byEvent[event]?[field.rawValue] { return [own] }
        return field.names
    }

    /// What a field is called in an event of this kind that is made in place of one.
    public func name(of field: SalesNotice.Field, in event: String) -> String {
        names(of: field, in: event).first ?? field.rawValue
    }
}

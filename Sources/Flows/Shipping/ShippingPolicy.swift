public import Dynamics

/// What a company decides about its shipments; fields are the business of mapping documents.
public struct ShippingPolicy: Sendable, Equatable {
    /// What the fields of business events are called.
    public var notices: NoticeFields
    /// Where F&O shows shipments.
    public var entities: ShipmentEntities
    /// Products in F&O that stand for shipping and the like, and for no item of an order.
    public var charges: Set<String>
    public var bundles: BundleShipping

    public init(
        notices: NoticeFields = NoticeFields(), entities: ShipmentEntities = ShipmentEntities(),
        charges: Set<String> = [], bundles: BundleShipping = .together
    ) {
        self.notices = notices
        self.entities = entities
        self.charges = charges
        self.bundles = bundles
    }
}

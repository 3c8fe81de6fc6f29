import JSON
import Mapping

/// What documents fill in Commerce for shipments, invoices and statuses, and what they may read.
extension FlowCatalog {
    static let shippingTargets: [TargetRecord] = [
        TargetRecord(
            "commerce.Shipment", owned: ["items", "tracks", "comment.comment", "appendComment"],
            [
                TargetField("notify", .boolean, note: "sends the customer an e-mail"),
                TargetField("comment.is_visible_on_front", .integer, note: "1: the customer sees the comment"),
                TargetField(
                    "arguments.extension_attributes.source_code", .text(longest: 255),
                    note: "the inventory source that the goods leave from"),
            ]),
        TargetRecord(
            "commerce.ShipmentTrack", owned: ["track_number", "parent_id", "order_id"],
            [
                TargetField(
                    "carrier_code", .text(longest: 32), required: true, note: "ups, usps, fedex, dhl, custom"),
                TargetField("title", .text(longest: 255), required: true, note: "what the customer reads"),
                TargetField("description", .text(longest: nil)), TargetField("weight", .decimal),
                TargetField("qty", .decimal),
            ]),
        TargetRecord(
            "commerce.Invoice", owned: ["items", "capture", "comment.comment", "appendComment"],
            [
                TargetField("notify", .boolean, note: "sends the customer an e-mail"),
                TargetField("comment.is_visible_on_front", .integer, note: "1: the customer sees the comment"),
            ]),
        TargetRecord(
            "commerce.OrderStatus", owned: ["parent_id"],
            [
                TargetField("comment", .text(longest: nil), note: "without one nothing is told"),
                TargetField("status", .text(longest: 32), note: "one that belongs to the order's state"),
                TargetField("is_customer_notified", .integer, required: true, note: "1: an e-mail is sent"),
                TargetField("is_visible_on_front", .integer, required: true, note: "1: the customer sees it"),
            ]),
    ]

    /// Shipments are what a company's own entity or event says, and rows of F&O are read whole: all open.
    static let shippingSources: [String: [SourceRecord]] = [
        "dynamics.shipment": [shipment, order],
        "dynamics.shipment-track": [
            shipment, order,
            SourceRecord("track", ["TrackingNumber": .text, "CarrierId": .text, "TrackingTitle": .text]),
        ],
        "dynamics.invoice": [SourceRecord("invoice", isOpen: true, [:]), order],
        "dynamics.salesOrder": [SourceRecord("salesOrder", isOpen: true, [:]), order],
    ]

    private static let shipment = SourceRecord(
        "shipment", isOpen: true, ["PackingSlipId": .text, "SalesOrderNumber": .text, "WarehouseId": .text])
    private static let order = SourceRecord("order", isOpen: true, [:])

    static let shippingFunctions: [MappingFunction] = [
        MappingFunction(
            "salesOrderProgress", arguments: 3...3,
            purpose: "A sentence of number, processing status and confirmed shipping date."
        ) { values in
            guard let number = values[0]?.word, let status = values[1]?.word else { return nil }
            // 1900-01-01 is F&O's empty date.
            let day = (values[2]?.word).map { String($0.prefix(10)) }.flatMap { $0.hasPrefix("1900-") ? nil : $0 }
            return .string(
                "Sales order \(number) is \(status) in Dynamics 365" + (day.map { ", shipping on \($0)." } ?? "."))
        }
    ]

    static let shippingDocuments: [String: String] = [
        "shipment.yaml": text(PackageResources.shipment_yaml),
        "shipment-track.yaml": text(PackageResources.shipment_track_yaml),
        "invoice.yaml": text(PackageResources.invoice_yaml),
        "order-status.yaml": text(PackageResources.order_status_yaml),
    ]

    static let orderChangeDocuments: [String: String] = [
        "order-cancel.yaml": text(PackageResources.order_cancel_yaml),
        "order-hold.yaml": text(PackageResources.order_hold_yaml),
        "order-release.yaml": text(PackageResources.order_release_yaml),
        "order-change.yaml": text(PackageResources.order_change_yaml),
    ]
}

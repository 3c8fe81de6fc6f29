public import Foundation
import JSON
import Synchronization

/// The business events of a company's own that the simulated F&O raises; each is off unless it has a name, as in
/// standard F&O.
public struct SandboxShippingEvents: Sendable, Equatable {
    /// `BusinessEventId` for a packing slip, and for a track that comes later.
    public var packingSlip: String?
    /// `BusinessEventId` for a confirmation, a picking, and a cancellation.
    public var status: String?
    /// What the field that names the sales order is called.
    public var salesOrderField = "SalesOrderNumber"
    /// Whether the event carries the shipment itself, and no entity shows it.
    public var carriesShipment = false

    public init() {}
}

extension SandboxDynamics {
    /// Posts a packing slip.
    /// - Parameters:
    ///   - lines: Quantity by line number; `nil` is everything that is left.
    ///   - warehouse: Where it leaves from, other than the lines say.
    /// - Returns: The packing slip's number.
    @discardableResult
    public func postPackingSlip(
        salesOrder: String, dataAreaId: String, lines: [Decimal: Decimal]? = nil, carrier: String? = nil,
        tracking: [String] = [], warehouse: String? = nil
    ) async throws(SandboxError) -> String {
        let area = dataAreaId.lowercased()
        var request = PackingSlipRequest(salesOrder: salesOrder, dataAreaId: area, quantities: lines)
        request.carrier = carrier
        request.tracking = tracking
        request.warehouse = warehouse
        let (now, asked) = (core.now(), request)
        let slip = try core.books.withLock { books throws(SandboxError) in
            try books.postPackingSlip(asked, at: now)
        }
        await tellOfShipment(slip, salesOrder, area)
        return slip
    }

    /// A parcel's number that becomes known after the goods have left.
    public func addTracking(
        _ number: String, toPackingSlip slip: String, dataAreaId: String
    ) async throws(SandboxError) {
        let area = dataAreaId.lowercased()
        let order = try core.books.withLock { books throws(SandboxError) in
            try books.addTracking(number, to: slip, area)
        }
        await tellOfShipment(slip, order, area)
    }

    /// Confirms an order for a day.
    public func confirm(
        salesOrder: String, dataAreaId: String, shipping date: Date
    ) async throws(SandboxError) {
        try await changeStatus(salesOrder, dataAreaId) { books, area throws(SandboxError) in
            try books.confirm(salesOrder, area, shipping: date)
        }
    }

    public func pick(salesOrder: String, dataAreaId: String) async throws(SandboxError) {
        try await changeStatus(salesOrder, dataAreaId) { books, area throws(SandboxError) in
            try books.pick(salesOrder, area)
        }
    }

    /// Cancels what is left to deliver, of one line or of all. An order of which nothing was delivered is cancelled.
    public func cancelRemainder(
        salesOrder: String, dataAreaId: String, line: Decimal? = nil
    ) async throws(SandboxError) {
        try await changeStatus(salesOrder, dataAreaId) { books, area throws(SandboxError) in
            try books.cancelRemainder(salesOrder, area, line: line)
        }
    }

    private func changeStatus(
        _ salesOrder: String, _ dataAreaId: String,
        _ change: (inout DynamicsBooks, _ area: String) throws(SandboxError) -> Void
    ) async throws(SandboxError) {
        let area = dataAreaId.lowercased()
        try core.books.withLock { books throws(SandboxError) in try change(&books, area) }
        let own = shippingEvents
        guard let id = own.status else { return }
        await raise(id, area, [own.salesOrderField: .string(salesOrder)], subject: salesOrder)
    }

    private func tellOfShipment(_ slip: String, _ salesOrder: String, _ area: String) async {
        let own = shippingEvents
        guard let id = own.packingSlip else { return }
        var fields: JSONObject = [own.salesOrderField: .string(salesOrder), "PackingSlipId": .string(slip)]
        if own.carriesShipment { fields.append(contentsOf: shipment(slip, area)) }
        await raise(id, area, fields, subject: slip)
    }

    /// The shipment as an event carries it.
    private func shipment(_ slip: String, _ area: String) -> JSONObject {
        core.books.withLock { books in
            var fields: JSONObject = [:]
            if let header = books.packingSlips.row("PackingSlipId", slip, dataAreaId: area) {
                for name in ["CarrierId", "TrackingNumber", "WarehouseId"] {
                    fields[name] = .string(header.text(name))
                }
            }
            let rows = books.packingSlipLines.positions("PackingSlipId", slip).map { books.packingSlipLines.rows[$0] }
            fields["Lines"] = .array(
                rows.filter { $0.dataAreaId == area }.map { row in
                    [
                        "LineNumber": .number(row.number("LineNumber")),
                        "ItemNumber": .string(row.text("ItemNumber")),
                        "Quantity": .number(row.number("Quantity")), "WarehouseId": .string(row.text("WarehouseId")),
                    ]
                })
            return fields
        }
    }
}

extension SandboxDynamics {
    /// A text field of a sales order's header.
    public func field(_ name: String, salesOrder: String, dataAreaId: String = "usmf") -> String? {
        core.books.withLock { $0.orders.row("SalesOrderNumber", salesOrder, dataAreaId: dataAreaId)?.text(name) }
    }

    /// Sets both statuses of a sales order, whatever was posted. Raises no event.
    public func setStatus(_ status: String, salesOrder: String, dataAreaId: String = "usmf") {
        core.books.withLock { books in
            guard let position = books.orders.position("SalesOrderNumber", salesOrder, dataAreaId: dataAreaId) else {
                return
            }
            books.orders.update(position) { fields in
                fields["SalesOrderStatus"] = .string(status)
                fields["SalesOrderProcessingStatus"] = .string(status)
            }
        }
    }
}

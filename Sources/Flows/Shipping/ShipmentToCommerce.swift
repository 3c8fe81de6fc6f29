import Commerce
import Cryptography
public import Dynamics
import Foundation
import JSON
import Mapping
public import Relay

/// What F&O ships becomes a shipment in Commerce, with its tracks and the source that it left from; a track that comes
/// later is added to it.
///
/// Standard F&O has neither an event nor an entity for packing slips: both are configuration, and a notice may as well
/// carry the whole shipment.
public struct ShipmentToCommerce: Flow {
    public static let name = "ShipmentToCommerce"
    public static let patchableSteps = [
        PatchableStep("shipment", keys: ["comment", "appendComment"]),
        PatchableStep("shipment #", keys: ["comment", "appendComment"]),
    ]

    private let context: FlowContext
    private let policy: ShippingPolicy
    private var commerce: CommerceClient { context.commerce }

    public init(_ context: FlowContext, policy: ShippingPolicy = ShippingPolicy()) {
        self.context = context
        self.policy = policy
    }

    public func read(_ event: StoredEvent) throws -> SalesNotice { try SalesNotice(event, policy.notices) }

    public func run(_ notice: SalesNotice, _ steps: Steps) async throws -> String? {
        let source = try await PostedShipment.Source(
            notice, entities: policy.entities, dynamics: context.dynamics)
        let area = notice.legalEntity
        let fingerprint = try source.shipment.fingerprint(in: area)
        try await steps.refuseEcho(fingerprint)
        let orders = WebOrders(context: context)
        let number = source.shipment.salesOrder
        let incrementID = try await orders.incrementID(of: number, in: area)
        let (_, orderID) = try await orders.order(incrementID, of: "Packing slip \(source.shipment.packingSlip)")
        var ids: [String] = []
        for index in source.shipment.parts.indices {
            let made = try await ensureShipment(
                Work(source: source, part: index, orderID: orderID, area: area), steps)
            ids += made.map { [$0] } ?? []
        }
        guard let first = ids.first.flatMap(Int.init) else {
            throw Verdict.skip(
                "nothing-to-ship",
                "Packing slip \(source.shipment.packingSlip) has nothing of order \(incrementID) that Commerce ships."
            )
        }
        try await ensureTracks(source, shipmentID: first, orderID: orderID, area, steps)
        try await steps.carried(fingerprint)
        return "Commerce shipment \(ids.joined(separator: ", ")) of order \(incrementID)"
    }

    /// One part of a packing slip on its way.
    private struct Work: Sendable {
        let source: PostedShipment.Source
        let part: Int
        let orderID: Int
        /// The legal entity.
        let area: String

        var shipment: PostedShipment { source.shipment }
        var isOnly: Bool { shipment.parts.count == 1 }
        /// What the shipment is found again by.
        var marker: String {
            let place = isOnly ? "" : " from \(shipment.parts[part].WarehouseId ?? "no warehouse")"
            return "Packing slip \(shipment.packingSlip)\(place) posted in Dynamics 365 (\(area))."
        }
        var key: LinkKey {
            let place = isOnly ? "" : " \(shipment.parts[part].WarehouseId ?? "")"
            return LinkKey(kind: "shipment", scope: area, key: shipment.packingSlip + place)
        }
    }

    /// - Returns: The shipment's entity id; `nil` for a part of several that has nothing to ship.
    private func ensureShipment(_ work: Work, _ steps: Steps) async throws -> String? {
        let name = work.isOnly ? "shipment" : "shipment \(work.part + 1)"
        do {
            return try await steps.ensure(name, link: work.key) {
                try await commerce.shipments(orderID: work.orderID).first { $0.comments.contains(work.marker) }
                    .map { String($0.entityID) }
            } create: {
                String(try await commerce.ship(orderID: work.orderID, body: try await body(of: work)))
            }
        } catch let verdict as Verdict where verdict.reason.code == "nothing-to-ship" && !work.isOnly {
            return nil
        }
    }

    /// Read anew for each shipment: what an earlier one took is no longer there to ship.
    private func body(of work: Work) async throws -> JSONValue {
        guard let order = try await commerce.order(entityID: work.orderID) else {
            throw Verdict.unknownOrder("\(work.orderID)")
        }
        let names = ProductNames(values: context.values, scope: work.area)
        let items = try ShipmentMatch(
            order: order, packingSlip: work.shipment.packingSlip, charges: policy.charges, bundles: policy.bundles,
            isSame: names.isSame
        ).items(shippedBy: work.shipment.parts[work.part].lines)
        var record = try map("shipment", work.source, work.part, order, [:], work.area)
        record.set(
            "items",
            .array(items.map { ["order_item_id": .int($0.orderItemID), "qty": .number($0.qty)] }))
        record.set("comment.comment", .string(work.marker))
        record.set("appendComment", true)
        if work.part == 0 {
            let tracks = try work.shipment.tracks.map { try track($0, work.source, order, work.area).json }
            if !tracks.isEmpty { record.set("tracks", .array(tracks)) }
        }
        return record.json
    }

    private func track(
        _ track: PostedShipment.Track, _ source: PostedShipment.Source, _ order: CommerceOrder, _ area: String
    ) throws -> MappedRecord {
        var record = try map("shipment-track", source, 0, order, ["track": try JSONValue(encoding: track)], area)
        record.set("track_number", .string(track.TrackingNumber))
        return record
    }

    /// What the shipment was made with, and what came since.
    private func ensureTracks(
        _ source: PostedShipment.Source, shipmentID: Int, orderID: Int, _ area: String, _ steps: Steps
    ) async throws {
        let wanted = source.shipment.tracks
        guard !wanted.allSatisfy({ steps.hasConcluded("track \($0.TrackingNumber)") }) else { return }
        let present = try await commerce.shipments(orderID: orderID).first { $0.entityID == shipmentID }
        let numbers = Set(present?.tracks.map(\.number) ?? [])
        for track in wanted {
            try await steps.ensure("track \(track.TrackingNumber)") {
                numbers.contains(track.TrackingNumber) ? true : nil
            } create: {
                guard let order = try await commerce.order(entityID: orderID) else {
                    throw Verdict.unknownOrder("\(orderID)")
                }
                try await commerce.addTrack(
                    orderID: orderID,
                    track: try self.track(track, source, order, area).asEntity(
                        shipmentID: shipmentID, orderID: orderID))
                return true
            }
        }
    }

    private func map(
        _ document: String, _ source: PostedShipment.Source, _ part: Int, _ order: CommerceOrder,
        _ more: [String: JSONValue], _ area: String
    ) throws -> MappedRecord {
        var shipment = source.header
        shipment["PackingSlipId"] = .string(source.shipment.packingSlip)
        shipment["SalesOrderNumber"] = .string(source.shipment.salesOrder)
        shipment["WarehouseId"] = source.shipment.parts[part].WarehouseId.map(JSONValue.string)
        let records = ["shipment": JSONValue.object(shipment), "order": order.document].merging(more) { $1 }
        return try context.fill(
            document, records, scope: area, title: "Packing slip \(source.shipment.packingSlip)")
    }
}

extension MappedRecord {
    /// A track by itself: the schema wants its weight, quantity and description as well.
    fileprivate func asEntity(shipmentID: Int, orderID: Int) -> JSONValue {
        var record = self
        for (name, value) in [("weight", JSONValue.int(0)), ("qty", .int(1)), ("description", .string("-"))]
        where record[name] == nil {
            record.set(name, value)
        }
        record.set("parent_id", .int(shipmentID))
        record.set("order_id", .int(orderID))
        return record.json
    }
}

extension PostedShipment {
    /// All that is carried of it.
    func fingerprint(in area: String) throws -> Fingerprint {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Fingerprint(
            key: LinkKey(kind: "shipment", scope: area, key: packingSlip),
            digest: SHA256.hash([UInt8](try encoder.encode(self))))
    }
}

extension JSONValue {
    /// A row of F&O as mapping documents read it.
    init(encoding row: some Encodable) throws {
        self = try JSONValue.parse([UInt8](JSONEncoder().encode(row)))
    }
}

import Dynamics
import Foundation
import JSON
import Relay

/// What left a warehouse with one packing slip, read from F&O or told by its notice.
struct PostedShipment: Sendable, Equatable, Codable {
    struct Track: Sendable, Equatable, Codable {
        var TrackingNumber: String
        var CarrierId: String?
        var TrackingTitle: String?
    }

    /// What left one warehouse: Commerce takes one source for a shipment.
    struct Part: Sendable, Equatable, Codable {
        var WarehouseId: String?
        var lines: [ItemMatch.Line]
    }

    var packingSlip: String
    var salesOrder: String
    /// One for each warehouse, in the sequence of the lines.
    var parts: [Part]
    var tracks: [Track]

    /// What documents may read beside the above: all that the header says, under its own names.
    struct Source: Sendable, Equatable {
        var shipment: PostedShipment
        var header: JSONObject
    }
}

extension PostedShipment.Source {
    /// - Throws: `Verdict`: tries again while F&O does not show the shipment, parks what cannot be read.
    init(_ notice: SalesNotice, entities: ShipmentEntities, dynamics: DynamicsClient) async throws {
        if case .array(let lines)? = notice.value(.Lines) {
            self = try ShipmentReader(slip: notice.packingSlip, salesOrder: notice.salesOrderNumber) { field, line in
                SalesNotice.Field(rawValue: field.rawValue).flatMap { notice.value($0, in: line) }
            }
            .read(header: notice.document, lines: lines.compactMap(\.objectValue))
            return
        }
        guard let slip = notice.packingSlip else {
            throw Verdict.park(
                "unreadable-event",
                "The event \(notice.BusinessEventId) has no PackingSlipId and no lines: it does not say what was "
                    + "shipped.",
                advice: "Name its field in dynamics.businessEvents.routes.\(notice.BusinessEventId).fields.")
        }
        let rows = try await dynamics.shipment(slip, dataAreaId: notice.legalEntity, in: entities)
        let number = ShipmentEntities.Field.SalesOrderNumber
        let header = rows.headers.first { row in
            notice.salesOrderNumber == nil || row.fields[entities.name(number)]?.word == notice.salesOrderNumber
        }
        guard let header, !rows.lines.isEmpty else {
            throw Verdict.retry(
                "shipment-not-readable",
                "F&O does not show packing slip \(slip) of "
                    + "\(notice.salesOrderNumber ?? "any order") in \(notice.legalEntity) yet.")
        }
        self = try ShipmentReader(slip: slip, salesOrder: notice.salesOrderNumber) { field, line in
            line[entities.name(field)]
        }
        .read(header: header.fields, lines: rows.lines.map(\.fields))
    }
}

/// Reads a shipment out of records whose names are somebody's own.
private struct ShipmentReader {
    let slip: String?
    let salesOrder: String?
    let value: (ShipmentEntities.Field, JSONObject) -> JSONValue?

    func read(header: JSONObject, lines: [JSONObject]) throws(Verdict) -> PostedShipment.Source {
        func text(_ field: ShipmentEntities.Field, _ record: JSONObject) -> String? { value(field, record)?.word }
        guard let slip = slip ?? text(.PackingSlipId, header) else { throw missing(.PackingSlipId) }
        guard let order = salesOrder ?? text(.SalesOrderNumber, header) else { throw missing(.SalesOrderNumber) }
        var parts: [PostedShipment.Part] = []
        for record in lines {
            guard let item = text(.ItemNumber, record) else { throw missing(.ItemNumber, of: slip) }
            guard let word = text(.Quantity, record), let quantity = Decimal(exactly: word) else {
                throw missing(.Quantity, of: slip)
            }
            let line = ItemMatch.Line(
                productNumber: item, quantity: quantity,
                sequence: text(.LineNumber, record).flatMap(Decimal.init(exactly:)).map(\.wholePart) ?? 0)
            let warehouse = text(.WarehouseId, record) ?? text(.WarehouseId, header)
            if let index = parts.firstIndex(where: { $0.WarehouseId == warehouse }) {
                parts[index].lines.append(line)
            } else {
                parts.append(PostedShipment.Part(WarehouseId: warehouse, lines: [line]))
            }
        }
        let numbers = value(.TrackingNumber, header)?.words ?? []
        let tracks = numbers.map { number in
            PostedShipment.Track(
                TrackingNumber: number, CarrierId: text(.CarrierId, header),
                TrackingTitle: text(.TrackingTitle, header) ?? text(.CarrierId, header) ?? "Parcel")
        }
        return PostedShipment.Source(
            shipment: PostedShipment(packingSlip: slip, salesOrder: order, parts: parts, tracks: tracks),
            header: header)
    }

    private func missing(_ field: ShipmentEntities.Field, of slip: String? = nil) -> Verdict {
        .park(
            "unreadable-shipment", "\(slip.map { "Packing slip \($0)" } ?? "The shipment") has no \(field.rawValue).",
            advice: "Name the field under dynamics.entities.shipments.fields, or in the event's route.")
    }
}

extension JSONValue {
    /// A text or a number as it is written; `nil` for all else and for no text.
    var word: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let number): number.text
        default: nil
        }
    }

    /// The words of a list, or those of a text between commas and semicolons.
    var words: [String] {
        if case .array(let elements) = self { return elements.compactMap(\.word) }
        return (word ?? "").split(whereSeparator: { $0 == "," || $0 == ";" })
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}

extension Decimal {
    /// What stands before the point; 0 for what is no such number.
    var wholePart: Int {
        var (exact, whole) = (self, Decimal(0))
        NSDecimalRound(&whole, &exact, 0, .down)
        return Int("\(whole)") ?? 0
    }
}

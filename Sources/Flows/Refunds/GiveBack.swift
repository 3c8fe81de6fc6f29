import Commerce
import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// Something of an order that goes back, as F&O will be asked to book it: a return order, or a sales order with negative
/// lines. Everything that a mapping can refuse is refused before the first call that changes something.
struct GiveBack: Sendable {
    /// `CustomersOrderReference`, the natural key within the legal entity.
    let reference: String
    let sold: CarriedOrder
    let header: MappedRecord
    /// In the lines' sequence, with what each should come to.
    let lines: [(record: MappedRecord, net: Decimal)]

    var dataAreaID: String { sold.dataAreaID }
    var expectedNet: Decimal { lines.reduce(0) { $0 + $1.net } }

    /// - Parameters:
    ///   - documents: Names of the mapping documents of header and line.
    ///   - records: For the documents, beside `order`, `line` and `profile`.
    ///   - lots: Of the sales order's lines, by number.
    init(
        _ reference: String, _ sold: CarriedOrder, _ lines: [GiveBackLine], profile: EntityProfile,
        documents: (header: String, line: String), records: [String: JSONValue], lots: [Int: String],
        title: String, _ context: FlowContext
    ) throws(Verdict) {
        guard reference.utf16.count <= CustomersOrderReference.longest else {
            throw .park("reference-too-long", "\(title): the reference \(reference) is too long for F&O.")
        }
        var all = records
        all["order"] = sold.order.document
        all["entity"] = ["site": .optional(profile.site), "warehouse": .optional(profile.warehouse)]
        self.reference = reference
        self.sold = sold
        header = try context.fill(documents.header, all, scope: sold.dataAreaID, title: title)
        var mapped: [(MappedRecord, Decimal)] = []
        for line in lines {
            all["line"] = line.json(lot: line.number.flatMap { lots[$0] })
            let record = try context.fill(documents.line, all, scope: sold.dataAreaID, title: title)
            mapped.append((record, line.net))
        }
        self.lines = mapped
    }
}

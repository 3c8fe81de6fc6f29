import Commerce
import JSON
import Mapping

/// What F&O is to hold of a quote, worked out before the first call that changes something.
struct QuotationDraft: Sendable {
    let header: MappedRecord
    let lines: [Line]

    struct Line: Sendable {
        let itemID: Int
        let fields: MappedRecord
    }

    init(_ quote: NegotiableQuote, in area: String, _ mapping: PartyMapping) throws {
        let records = ["quote": quote.record, "entity": mapping.entity(area)]
        let name = "Quote \(quote.id)"
        header = try mapping.map("quote-header", records, area, name)
        lines = try quote.items.map { item in
            let all = records.merging(["item": item.record]) { $1 }
            return Line(
                itemID: item.id, fields: try mapping.map("quote-line", all, area, "\(name), item \(item.sku)"))
        }
    }

    /// For the fingerprint.
    var json: JSONValue {
        [
            "header": header.json,
            "lines": .array(lines.map { ["item": .int($0.itemID), "fields": $0.fields.json] }),
        ]
    }
}

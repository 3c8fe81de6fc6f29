import Foundation
import JSON
import Mapping

/// Which of the lines that are wanted exist already, where a line carries no number of ours. Lines that say the same are
/// worth the same: it is enough that there are as many as are wanted.
enum LineMatch {
    struct Line: Sendable, Equatable {
        var item: String
        var quantity: Decimal
        var price: Decimal

        init(item: String?, quantity: Decimal?, price: Decimal?) {
            self.item = (item ?? "").lowercased()
            self.quantity = quantity ?? 0
            self.price = price ?? 0
        }

        /// - Parameter quantity: The name of the quantity's field.
        init(_ record: MappedRecord, quantity: String) {
            self.init(
                item: record.text("ItemNumber"), quantity: record[quantity]?.numberValue,
                price: record["SalesPrice"]?.numberValue)
        }
    }

    /// - Returns: For each wanted line the position of its own among those that are there; `nil` if it is missing.
    static func assign(wanted: [Line], present: [Line]) -> [Int?] {
        var free = Array(present.indices)
        return wanted.map { line in
            guard let place = free.firstIndex(where: { present[$0] == line }) else { return nil }
            return free.remove(at: place)
        }
    }
}

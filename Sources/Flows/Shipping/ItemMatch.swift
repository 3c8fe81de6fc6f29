import Foundation

/// Which lines of a Commerce order a posted document of F&O covers. Its lines carry no id of Commerce, so they are
/// matched by product and sequence.
enum ItemMatch {
    struct Line: Sendable, Equatable, Codable {
        var productNumber: String
        var quantity: Decimal
        /// The order line's number if the line was created by Causeway; 0 where the document does not say.
        var sequence: Int
    }

    /// A line of the order, with what of it is still open.
    struct Candidate: Sendable, Equatable {
        var sku: String
        var number: Int
        var open: Decimal
    }

    enum Misfit: Error, Equatable {
        case unknownProduct(String)
        case tooMany(String, by: Decimal)
    }

    /// - Parameter isSame: Whether a product of the document is the SKU of the order.
    /// - Returns: How much of each candidate the document covers.
    static func quantities(
        of candidates: [Candidate], coveredBy lines: [Line], isSame: (_ product: String, _ sku: String) -> Bool
    ) throws(Misfit) -> [Decimal] {
        var open = candidates.map(\.open)
        var covered = candidates.map { _ in Decimal(0) }
        for line in lines {
            let fitting = candidates.indices.filter { isSame(line.productNumber, candidates[$0].sku) }
            guard !fitting.isEmpty else { throw .unknownProduct(line.productNumber) }
            // The line with the same number first: one product may stand on several lines.
            let sorted = fitting.sorted {
                (candidates[$0].number == line.sequence ? 0 : 1, $0)
                    < (candidates[$1].number == line.sequence ? 0 : 1, $1)
            }
            var left = line.quantity
            for index in sorted where left > 0 && open[index] > 0 {
                let taken = min(left, open[index])
                open[index] -= taken
                covered[index] += taken
                left -= taken
            }
            guard left <= 0 else { throw .tooMany(line.productNumber, by: left) }
        }
        return covered
    }
}

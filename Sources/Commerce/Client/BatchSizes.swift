import Synchronization

/// How much goes into one call.
public struct BatchSizes: Sendable, Equatable {
    /// Rows of a write such as prices or source items, from 1.
    public var rows: Int
    /// Records on a page of a list, in `1...300`: 300 is the most that a shop with input limits allows unless told
    /// otherwise. https://developer.adobe.com/commerce/webapi/get-started/api-security/
    public var page: Int

    public static let mostRows = 5000
    public static let mostPage = 300

    public init(rows: Int = 100, page: Int = 100) {
        self.rows = min(max(rows, 1), BatchSizes.mostRows)
        self.page = min(max(page, 1), BatchSizes.mostPage)
    }
}

/// The sizes in use: as configured, until the shop says that they are above its input limits.
final class LearnedBatchSizes: Sendable {
    private let sizes: Mutex<BatchSizes>

    init(_ sizes: BatchSizes) { self.sizes = Mutex(sizes) }

    var current: BatchSizes { sizes.withLock { $0 } }

    /// - Parameters:
    ///   - refused: How many rows the shop refused to take at once.
    ///   - limit: What it said it would take.
    func shrinkRows(refused: Int, limit: Int) {
        sizes.withLock { $0.rows = min($0.rows, Self.smaller(than: refused, limit)) }
    }

    func shrinkPage(refused: Int, limit: Int) {
        sizes.withLock { $0.page = min($0.page, Self.smaller(than: refused, limit)) }
    }

    /// Half, or the limit if that makes sense: it may count something else than rows.
    private static func smaller(than refused: Int, _ limit: Int) -> Int {
        (1..<refused).contains(limit) ? limit : max(1, refused / 2)
    }
}

extension CommerceClient {
    /// Sends rows in batches, and what the shop refuses as too much in smaller ones; that refusal comes before
    /// anything is written.
    func inBatches<Row, Part>(_ rows: [Row], _ send: ([Row]) async throws -> Part) async throws -> [Part] {
        var parts: [Part] = []
        var rest = rows[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(batches.current.rows))
            do {
                parts.append(try await send(batch))
                rest = rest.dropFirst(batch.count)
            } catch let fault as CommerceFault {
                guard let limit = fault.inputLimit, batch.count > 1 else { throw fault }
                batches.shrinkRows(refused: batch.count, limit: limit)
            }
        }
        return parts
    }
}

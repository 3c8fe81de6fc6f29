import JSON
import Relay

/// One page of a list.
public struct SearchPage<Row: Sendable>: Sendable {
    public var rows: [Row]
    /// Of all pages.
    public var totalCount: Int

    public init(rows: [Row], totalCount: Int) {
        self.rows = rows
        self.totalCount = totalCount
    }
}

extension CommerceClient {
    /// Records that one search may bring together; more is a mistake in the criteria.
    static let mostRecords = 100_000

    /// One page. What the shop refuses as too large is asked for in a smaller size.
    func search<Row: Sendable>(
        _ operation: CommerceOperation, _ criteria: SearchCriteria,
        _ read: (JSONNode) throws(OrderReadingError) -> Row
    ) async throws -> SearchPage<Row> {
        guard !criteria.isTooLong else {
            throw CommerceFault(
                kind: .rejected, call: operation.rawValue,
                detail: "a search may have \(SearchCriteria.mostParts) groups, filters in a group, and sort orders.")
        }
        var criteria = criteria
        while true {
            let size = criteria.pageSize ?? batches.current.page
            var sized = criteria
            sized.pageSize = size
            do {
                return try await page(operation, sized, read)
            } catch let fault as CommerceFault {
                guard let limit = fault.inputLimit, size > 1, criteria.page == 1 else { throw fault }
                batches.shrinkPage(refused: size, limit: limit)
                criteria.pageSize = min(size - 1, batches.current.page)
            }
        }
    }

    private func page<Row>(
        _ operation: CommerceOperation, _ criteria: SearchCriteria,
        _ read: (JSONNode) throws(OrderReadingError) -> Row
    ) async throws -> SearchPage<Row> {
        try await answer(operation.rawValue) {
            let list = JSONNode(value: try await call(operation, query: criteria.query))
            var rows: [Row] = []
            for node in try list["items"].list() { rows.append(try read(node)) }
            return SearchPage(rows: rows, totalCount: try list["total_count"].integer() ?? rows.count)
        }
    }

    /// All records that match, in the order of their keys. Each page begins behind the last key of the one before, so
    /// that a change in between moves nothing out of sight, and no page past the end is ever asked for: Commerce
    /// answers those with the last page again (magento2#3787).
    /// - Parameters:
    ///   - column: The key's name in a filter, which may be another one than in the answer.
    ///   - key: A row's key. It must grow.
    func searchAll<Row: Sendable>(
        _ operation: CommerceOperation, _ filters: [[SearchCriteria.Filter]], column: String = "entity_id",
        fields: String? = nil, key: (Row) -> Int, _ read: (JSONNode) throws(OrderReadingError) -> Row
    ) async throws -> [Row] {
        var rows: [Row] = []
        while rows.count < Self.mostRecords {
            var groups = filters
            if let last = rows.last.map(key) { groups.append([.init(column, .gt, String(last))]) }
            let criteria = SearchCriteria(groups, sortedBy: [.init(column)], fields: fields)
            let page = try await search(operation, criteria, read)
            if let last = rows.last.map(key), let first = page.rows.first.map(key), first <= last {
                throw CommerceFault(
                    kind: .unexpected, call: operation.rawValue,
                    detail: "asked for keys above \(last), got \(first): the list is not sorted by its key.")
            }
            rows += page.rows
            if page.rows.isEmpty || page.totalCount <= page.rows.count { break }
        }
        return rows
    }
}

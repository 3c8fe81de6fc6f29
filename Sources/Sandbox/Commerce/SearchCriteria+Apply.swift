import Foundation
import JSON

/// What a search needs of a row: its columns by name, `nil` if there is no such column.
protocol Searchable {
    func column(_ name: String) -> JSONValue?
}

extension SearchCriteria {
    struct Page<Row> {
        let rows: [Row]
        let total: Int
    }

    /// - Parameter candidates: All rows, or those that an index found; in order of their id.
    func page<Row: Searchable>(of candidates: [Row]) throws(CommerceRefusal) -> Page<Row> {
        if let first = candidates.first { try checkColumns(first) }
        var rows = candidates.filter { row in
            groups.allSatisfy { group in group.contains { $0.matches(row.column($0.field) ?? .null) } }
        }
        if !sortOrders.isEmpty { rows.sort(by: precedes) }
        guard let pageSize, pageSize > 0 else { return Page(rows: rows, total: rows.count) }
        // Past the end, the last page comes again: magento2#3787. A caller must stop at `total_count`.
        let lastPage = max(1, (rows.count + pageSize - 1) / pageSize)
        let start = (min(currentPage, lastPage) - 1) * pageSize
        return Page(rows: Array(rows.dropFirst(start).prefix(pageSize)), total: rows.count)
    }

    private func checkColumns(_ row: some Searchable) throws(CommerceRefusal) {
        let names = groups.joined().map(\.field) + sortOrders.map(\.field)
        for name in names where row.column(name) == nil {
            throw .bad("Column not found: 1054 Unknown column '%1' in 'where clause'", name)
        }
    }

    private func precedes<Row: Searchable>(_ a: Row, _ b: Row) -> Bool {
        for order in sortOrders {
            let (left, right) = (a.column(order.field) ?? .null, b.column(order.field) ?? .null)
            if Filter.isLess(left, right) { return order.isAscending }
            if Filter.isLess(right, left) { return !order.isAscending }
        }
        return false
    }

    /// The value that a column must equal, if a group says so alone: lets an index be used.
    func equality(_ column: String) -> String? {
        groups.first { $0.count == 1 && $0[0].field == column && $0[0].condition == .eq }?[0].value
    }

    /// As Commerce echoes it.
    var json: JSONValue {
        let filterGroups = groups.map { group -> JSONValue in
            [
                "filters": .array(
                    group.map { filter in
                        [
                            "field": .string(filter.field), "value": .string(filter.value),
                            "condition_type": .string(filter.condition.rawValue),
                        ]
                    })
            ]
        }
        var json: JSONObject = ["filter_groups": .array(filterGroups)]
        if !sortOrders.isEmpty {
            json["sort_orders"] = .array(
                sortOrders.map {
                    ["field": .string($0.field), "direction": .string($0.isAscending ? "ASC" : "DESC")]
                })
        }
        if let pageSize {
            json["page_size"] = .int(pageSize)
            json["current_page"] = .int(currentPage)
        }
        return .object(json)
    }
}

extension SearchCriteria.Filter {
    func matches(_ column: JSONValue) -> Bool {
        switch condition {
        case .null: return column == .null
        case .notnull: return column != .null
        default: break
        }
        // As in SQL, a comparison with null is never true.
        if column == .null { return false }
        switch condition {
        case .eq: return isEqual(column, value)
        case .neq: return !isEqual(column, value)
        case .in: return list.contains { isEqual(column, $0) }
        case .nin: return !list.contains { isEqual(column, $0) }
        case .gt: return Self.isLess(.string(value), column)
        case .lt: return Self.isLess(column, .string(value))
        case .gteq, .moreq, .from: return !Self.isLess(column, .string(value))
        case .lteq, .to: return !Self.isLess(.string(value), column)
        case .like: return Self.like(Self.text(column)[...], value.lowercased()[...])
        case .nlike: return !Self.like(Self.text(column)[...], value.lowercased()[...])
        case .null, .notnull: return false
        }
    }

    private var list: [String] { value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }

    private func isEqual(_ column: JSONValue, _ text: String) -> Bool {
        if let number = column.numberValue { return Decimal(string: text, locale: nil) == number }
        return Self.text(column) == text.lowercased()
    }

    /// Numbers by value, everything else as text without regard to case, as the database's collation does.
    static func isLess(_ a: JSONValue, _ b: JSONValue) -> Bool {
        if a.numberValue != nil || b.numberValue != nil {
            return (number(a) ?? 0) < (number(b) ?? 0)
        }
        return text(a) < text(b)
    }

    private static func number(_ value: JSONValue) -> Decimal? {
        value.numberValue ?? value.stringValue.flatMap { Decimal(string: $0, locale: nil) }
    }

    private static func text(_ value: JSONValue) -> String { value.stringValue?.lowercased() ?? "" }

    /// SQL's `LIKE`, `%` only. Falls back to the last `%` at most once per character, so no pattern explodes.
    private static func like(_ text: Substring, _ pattern: Substring) -> Bool {
        var (text, pattern) = (text, pattern)
        var fallback: (text: Substring, pattern: Substring)?
        while !text.isEmpty {
            if pattern.first == "%" {
                pattern = pattern.dropFirst()
                fallback = (text, pattern)
            } else if let next = pattern.first, next == text.first {
                text = text.dropFirst()
                pattern = pattern.dropFirst()
            } else if let last = fallback {
                text = last.text.dropFirst()
                pattern = last.pattern
                fallback = (text, pattern)
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == "%" }
    }
}

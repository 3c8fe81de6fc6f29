import Foundation
import JSON

/// `searchCriteria` of a list request: groups are joined by AND, filters in a group by OR.
struct SearchCriteria: Equatable {
    enum Condition: String {
        case eq, neq, gt, gteq, lt, lteq, moreq, from, to, `in`, nin, like, nlike, null, notnull
    }

    struct Filter: Equatable {
        var field = ""
        var value = ""
        var condition = Condition.eq
    }

    struct SortOrder: Equatable {
        var field = ""
        /// Commerce sorts downwards unless told otherwise.
        var isAscending = false
    }

    var groups: [[Filter]] = []
    var sortOrders: [SortOrder] = []
    /// `nil` is everything on one page.
    var pageSize: Int?
    var currentPage = 1
    /// What `fields=` asks for.
    var fields: String?

    /// More groups, filters or sort orders than this are refused.
    static let maxParts = 64

    init() {}

    /// - Parameter query: As sent, percent-encoded.
    init(query: String?) throws(CommerceRefusal) {
        guard let pairs = QueryString.parse(query ?? "") else { throw .bad("The query is not valid.") }
        var collected = Collected()
        for pair in pairs {
            if pair.name == "fields" {
                fields = pair.value
                continue
            }
            guard let path = Self.path(pair.name) else { throw .bad("Unknown parameter \"%1\".", pair.name) }
            try collected.add(path, pair)
        }
        guard collected.isPresent else { throw .missing("searchCriteria") }
        groups = collected.groups.sorted { $0.key < $1.key }.map { group in
            group.value.sorted { $0.key < $1.key }.map(\.value)
        }
        sortOrders = collected.sortOrders.sorted { $0.key < $1.key }.map(\.value)
        pageSize = collected.pageSize
        currentPage = max(1, collected.currentPage)
    }

    /// `searchCriteria[filter_groups][0][filters][1][field]` as `filtergroups 0 filters 1 field`; `nil` for other
    /// parameters. Commerce takes snake case and camel case alike.
    static func path(_ name: String) -> [String]? {
        guard name.hasPrefix("searchCriteria") || name.hasPrefix("search_criteria") else { return nil }
        guard let bracket = name.firstIndex(of: "[") else {
            return name == "searchCriteria" || name == "search_criteria" ? [] : nil
        }
        guard name.hasSuffix("]"), ["searchCriteria", "search_criteria"].contains(name[..<bracket]) else {
            return nil
        }
        let inner = name[name.index(after: bracket)...].dropLast()
        return inner.split(separator: "][", omittingEmptySubsequences: false).map {
            $0.lowercased().filter { $0 != "_" }
        }
    }
}

extension SearchCriteria {
    /// Parts by their index, which may come in any order and with gaps.
    private struct Collected {
        var isPresent = false
        var groups: [Int: [Int: Filter]] = [:]
        var sortOrders: [Int: SortOrder] = [:]
        var pageSize: Int?
        var currentPage = 1

        mutating func add(_ path: [String], _ pair: QueryString.Pair) throws(CommerceRefusal) {
            isPresent = true
            if path.isEmpty { return }
            switch (path[0], path.count) {
            case ("filtergroups", 5) where path[2] == "filters":
                guard let group = index(path[1]), let filter = index(path[3]) else { throw unknown(pair) }
                try set(path[4], pair, &groups[group, default: [:]][filter, default: Filter()])
            case ("sortorders", 3):
                guard let order = index(path[1]) else { throw unknown(pair) }
                try set(path[2], pair, &sortOrders[order, default: SortOrder()])
            case ("pagesize", 1): pageSize = try number(pair)
            case ("currentpage", 1): currentPage = try number(pair)
            default: throw unknown(pair)
            }
        }

        private func set(
            _ part: String, _ pair: QueryString.Pair, _ filter: inout Filter
        ) throws(CommerceRefusal) {
            switch part {
            case "field": filter.field = pair.value
            case "value": filter.value = pair.value
            case "conditiontype":
                guard let condition = Condition(rawValue: pair.value) else {
                    throw .bad("Unknown condition type \"%1\".", pair.value)
                }
                filter.condition = condition
            default: throw unknown(pair)
            }
        }

        private func set(
            _ part: String, _ pair: QueryString.Pair, _ order: inout SortOrder
        ) throws(CommerceRefusal) {
            switch (part, pair.value.uppercased()) {
            case ("field", _): order.field = pair.value
            case ("direction", "ASC"): order.isAscending = true
            case ("direction", "DESC"): order.isAscending = false
            default: throw unknown(pair)
            }
        }

        private func index(_ text: String) -> Int? {
            Int(text).flatMap { (0..<SearchCriteria.maxParts).contains($0) ? $0 : nil }
        }

        private func number(_ pair: QueryString.Pair) throws(CommerceRefusal) -> Int {
            guard let number = Int(pair.value), number >= 0 else {
                throw .wrongType(.string(pair.value), expected: "int")
            }
            return number
        }

        private func unknown(_ pair: QueryString.Pair) -> CommerceRefusal {
            .bad("Unknown parameter \"%1\".", pair.name)
        }
    }
}

import HTTPClient

/// What a list call looks for: groups of filters joined by AND, the filters of a group joined by OR. There is no OR
/// across groups, and only a record's own attributes can be compared, not those of its parts.
/// https://developer.adobe.com/commerce/webapi/rest/use-rest/performing-searches
public struct SearchCriteria: Sendable, Equatable {
    public struct Filter: Sendable, Equatable {
        public enum Condition: String, Sendable, CaseIterable {
            case eq, neq, gt, gteq, lt, lteq, from, to, `in`, nin, like, nlike, finset, nfinset, null, notnull, moreq
        }

        public var field: String
        public var condition: Condition
        /// For `in` and `nin` values with commas between, for `like` a pattern with `%`; nothing for `null`.
        public var value: String

        public init(_ field: String, _ condition: Condition = .eq, _ value: String = "") {
            self.field = field
            self.condition = condition
            self.value = value
        }

        /// The field is one of the values, none of which may hold a comma.
        public static func any(_ field: String, of values: [String]) -> Filter {
            Filter(field, .in, values.joined(separator: ","))
        }
    }

    public struct SortOrder: Sendable, Equatable {
        public var field: String
        public var isAscending: Bool

        public init(_ field: String, isAscending: Bool = true) {
            self.field = field
            self.isAscending = isAscending
        }
    }

    public var groups: [[Filter]]
    public var sortOrders: [SortOrder]
    /// `nil` is as large as the shop allows and the configuration says. Never left out: without it Commerce returns
    /// everything.
    public var pageSize: Int?
    /// From 1.
    public var page: Int
    /// What the answer is cut down to: `items[entity_id],total_count`.
    public var fields: String?

    /// Groups, filters of one group, and sort orders. From the index 10 on versions differ in how they sort parameters
    /// for an OAuth signature.
    public static let mostParts = 10

    public init(
        _ groups: [[Filter]] = [], sortedBy sortOrders: [SortOrder] = [], pageSize: Int? = nil, page: Int = 1,
        fields: String? = nil
    ) {
        self.groups = groups
        self.sortOrders = sortOrders
        self.pageSize = pageSize
        self.page = page
        self.fields = fields
    }

    /// All of these filters hold.
    public static func matching(
        _ filters: Filter..., pageSize: Int? = nil, fields: String? = nil
    ) -> SearchCriteria {
        SearchCriteria(filters.map { [$0] }, pageSize: pageSize, fields: fields)
    }

    var isTooLong: Bool {
        ([groups.count, sortOrders.count] + groups.map(\.count)).contains { $0 > SearchCriteria.mostParts }
    }

    /// From the question mark on, percent-encoded.
    var query: String {
        var parameters: [(name: String, value: String)] = []
        for (group, filters) in groups.enumerated() {
            for (index, filter) in filters.enumerated() {
                let prefix = "searchCriteria[filterGroups][\(group)][filters][\(index)]"
                parameters.append(("\(prefix)[field]", filter.field))
                parameters.append(("\(prefix)[value]", filter.value))
                parameters.append(("\(prefix)[conditionType]", filter.condition.rawValue))
            }
        }
        for (index, order) in sortOrders.enumerated() {
            let prefix = "searchCriteria[sortOrders][\(index)]"
            parameters.append(("\(prefix)[field]", order.field))
            // Downwards is what Commerce does unless it is told otherwise.
            parameters.append(("\(prefix)[direction]", order.isAscending ? "ASC" : "DESC"))
        }
        if let pageSize { parameters.append(("searchCriteria[pageSize]", String(pageSize))) }
        parameters.append(("searchCriteria[currentPage]", String(page)))
        if let fields { parameters.append(("fields", fields)) }
        return "?" + PercentEncoding.form(parameters)
    }
}

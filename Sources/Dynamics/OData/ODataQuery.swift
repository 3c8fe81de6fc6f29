/// What to read of an entity set. What each row holds follows from its type.
public struct ODataQuery<Row: ODataRow>: Sendable, Equatable {
    private var filter: ODataFilter?
    private var order: [ODataOrder] = []
    private var top: Int?
    private var skip: Int?
    private var countsAll = false

    /// - Parameter top: At most so many rows; which ones is left to F&O. For parts of a long list, see `window`.
    public init(where filter: ODataFilter? = nil, top: Int? = nil) {
        self.filter = filter
        self.top = top
    }

    public func ordered(by order: ODataOrder...) -> ODataQuery {
        var query = self
        query.order = order
        return query
    }

    /// The first page also says how many rows there are in all.
    public func countingAll() -> ODataQuery {
        var query = self
        query.countsAll = true
        return query
    }

    var options: [(String, String)] {
        var options: [(String, String)] = []
        if !Row.properties.isEmpty { options.append(("$select", Row.properties.joined(separator: ","))) }
        if !Row.expansions.isEmpty { options.append(("$expand", Row.expansions.map(\.text).joined(separator: ","))) }
        if let filter { options.append(("$filter", filter.description)) }
        if !order.isEmpty { options.append(("$orderby", order.map(\.description).joined(separator: ","))) }
        if let top { options.append(("$top", String(top))) }
        if let skip { options.append(("$skip", String(skip))) }
        if countsAll { options.append(("$count", "true")) }
        return options
    }
}

extension ODataQuery where Row: ODataKeyedRow {
    /// Rows from a place in the list on. The key's properties end the order, so that it is total: otherwise F&O may show
    /// a row in two windows and another one in none. To read all of a set, follow its pages instead: skipping is
    /// slow on long lists.
    public func window(skip: Int, top: Int, by order: ODataOrder...) -> ODataQuery {
        var query = self
        let named = Set(order.map(\.property))
        query.order = order + Row.key.filter { !named.contains($0) }.map { ODataOrder($0) }
        query.skip = skip
        query.top = top
        return query
    }
}

/// One property of `$orderby`.
public struct ODataOrder: Sendable, Equatable, CustomStringConvertible {
    public var property: String
    public var isDescending: Bool

    public init(_ property: String, descending: Bool = false) {
        self.property = property
        isDescending = descending
    }

    public var description: String { isDescending ? "\(property) desc" : property }
}

import Foundation
import HTTPClient
import JSON

/// The system query options of one request.
struct ODataQuery {
    struct Order: Equatable {
        let property: String
        let isDescending: Bool
    }

    var filter: ODataFilter?
    var select: [String]?
    var expand: [ODataExpansion] = []
    var orderBy: [Order] = []
    var top: Int?
    var skip = 0
    var wantsCount = false
    var isCrossCompany = false
    /// Where the next page goes on, in rows of the whole result.
    var skipToken = 0
    /// All pairs as given, for the link to the next page.
    private var pairs: [QueryString.Pair] = []

    init(_ query: String?, _ schema: EntitySchema) throws(ODataRefusal) {
        guard let pairs = QueryString.parse(query ?? "") else { throw .malformed("The query is not well-formed.") }
        self.pairs = pairs
        for pair in pairs {
            switch pair.name {
            case "cross-company": isCrossCompany = pair.value.lowercased() == "true"
            case "$filter": filter = try ODataFilter(pair.value, schema)
            case "$select": select = try Self.names(pair.value, schema)
            case "$expand": expand = try ODataExpansion.list(pair.value, schema)
            case "$orderby": orderBy = try Self.orders(pair.value, schema)
            case "$top": top = try Self.count(pair)
            case "$skip": skip = try Self.count(pair)
            case "$skiptoken": skipToken = try Self.count(pair)
            case "$count":
                guard pair.value == "true" || pair.value == "false" else {
                    throw .malformed("The value of '$count' must be 'true' or 'false'.")
                }
                wantsCount = pair.value == "true"
            default:
                guard pair.name.hasPrefix("$") else { continue }
                throw .malformed("The query parameter '\(pair.name)' is not supported.")
            }
        }
    }

    private static func count(_ pair: QueryString.Pair) throws(ODataRefusal) -> Int {
        guard let number = Int(pair.value), number >= 0 else {
            throw .malformed("Invalid value '\(pair.value)' for '\(pair.name)': a whole number was expected.")
        }
        return number
    }

    static func names(_ text: String, _ schema: EntitySchema) throws(ODataRefusal) -> [String] {
        let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        for name in names where schema.property(name) == nil { throw .unknownProperty(name, schema) }
        return names
    }

    private static func orders(_ text: String, _ schema: EntitySchema) throws(ODataRefusal) -> [Order] {
        var orders: [Order] = []
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ").map(String.init)
            guard let name = words.first, words.count <= 2, words.count < 2 || ["asc", "desc"].contains(words[1])
            else { throw .malformed("Syntax error in '$orderby': '\(part)'.") }
            guard schema.property(name) != nil else { throw .unknownProperty(name, schema) }
            orders.append(Order(property: name, isDescending: words.last == "desc"))
        }
        return orders
    }

    /// The same request, going on at that row.
    func nextLink(_ setURL: String, skipToken: Int) -> String {
        let kept = pairs.filter { $0.name != "$skiptoken" }.map { Self.encoded($0.name, $0.value) }
        return setURL + "?" + (kept + [Self.encoded("$skiptoken", String(skipToken))]).joined(separator: "&")
    }

    private static func encoded(_ name: String, _ value: String) -> String {
        (name.hasPrefix("$") ? "$" + PercentEncoding.encode(String(name.dropFirst())) : PercentEncoding.encode(name))
            + "="
            + PercentEncoding.encode(value)
    }
}

extension ODataQuery {
    struct Page {
        let positions: [Int]
        /// Of all rows that match, whatever `$top` and `$skip` say.
        let total: Int
        let nextSkipToken: Int?
    }

    func page(of table: ODataTable, _ schema: EntitySchema, company: String, pageSize: Int) -> Page {
        func value(_ position: Int, _ name: String) -> JSONValue {
            table.rows[position].fields[name] ?? schema.property(name)?.kind.empty ?? .null
        }
        var matching = table.candidates(filter?.requiredValues() ?? [:]).filter { position in
            (isCrossCompany || table.rows[position].dataAreaId == company)
                && (filter?.matches { value(position, $0) } ?? true)
        }
        if !orderBy.isEmpty {
            matching.sort { a, b in
                for order in orderBy {
                    let (left, right) = (value(a, order.property), value(b, order.property))
                    if Self.isLess(left, right) { return !order.isDescending }
                    if Self.isLess(right, left) { return order.isDescending }
                }
                return a < b
            }
        }
        let wanted = matching.dropFirst(skip).prefix(top ?? .max).dropFirst(skipToken)
        let page = Array(wanted.prefix(pageSize))
        return Page(
            positions: page, total: matching.count,
            nextSkipToken: wanted.count > page.count ? skipToken + page.count : nil)
    }

    private static func isLess(_ a: JSONValue, _ b: JSONValue) -> Bool {
        if let a = a.numberValue, let b = b.numberValue { return a < b }
        return (a.stringValue ?? "").lowercased() < (b.stringValue ?? "").lowercased()
    }
}

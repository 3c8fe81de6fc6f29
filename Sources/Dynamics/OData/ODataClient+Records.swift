import HTTPClient
import HTTPTypes
public import JSON

/// A read of an entity set whose properties only the configuration knows.
public struct ODataRecordQuery: Sendable, Equatable {
    public var entitySet: String
    public var properties: [String]
    public var filter: ODataFilter?
    /// Must make the order total: otherwise a row may show in two windows and another in none.
    public var order: [String]
    public var skip: Int
    public var top: Int

    public init(
        _ entitySet: String, properties: [String], where filter: ODataFilter?, order: [String], skip: Int, top: Int
    ) {
        self.entitySet = entitySet
        self.properties = properties
        self.filter = filter
        self.order = order
        self.skip = skip
        self.top = top
    }

    var options: [(String, String)] {
        var options = [("$select", properties.joined(separator: ","))]
        if let filter { options.append(("$filter", filter.description)) }
        options.append(("$orderby", order.joined(separator: ",")))
        options += [("$top", String(top)), ("$skip", String(skip))]
        return options
    }
}

extension ODataClient {
    /// The rows of one window as F&O shows them, from as many pages as it cuts the window into.
    public func records(_ query: ODataRecordQuery) async throws -> [JSONObject] {
        let call = ODataCall(method: "GET", entitySet: query.entitySet)
        var next: String? = url(query.entitySet, query: query.options)
        var rows: [JSONObject] = []
        var pages = 0
        while let page = next {
            guard pages < limits.maxPages else { throw ODataFault.tooManyPages(call, limit: limits.maxPages) }
            pages += 1
            let answer = try await get(call, page).list()
            rows += answer.rows
            next = answer.nextLink
            if let next, !root.isOrigin(of: next) { throw ODataFault.foreignNextLink(call) }
        }
        return rows
    }
}

extension ODataAnswer {
    fileprivate func list() throws(ODataFault) -> (rows: [JSONObject], nextLink: String?) {
        guard isGood else { throw fault }
        guard let body = try? JSONValue.parse(response.body).objectValue, let rows = body["value"]?.arrayValue else {
            throw .malformedAnswer(
                call, detail: "\(response.body.count) bytes of \(response.headers[.contentType] ?? "unknown type")")
        }
        return (rows.compactMap(\.objectValue), body["@odata.nextLink"]?.stringValue)
    }
}

import HTTPClient

extension ODataClient {
    /// All rows that the filter finds, from all pages.
    /// - Parameter top: At most so many rows.
    public func rows<Row: ODataRow>(
        _ entitySet: String, where filter: ODataFilter? = nil, top: Int? = nil, as type: Row.Type = Row.self
    ) async throws -> [Row] {
        try await rows(entitySet, ODataQuery(where: filter, top: top))
    }

    /// All rows that the query finds, from all pages, of which there may be `ODataLimits.maxPages`.
    public func rows<Row: ODataRow>(_ entitySet: String, _ query: ODataQuery<Row>) async throws -> [Row] {
        var rows: [Row] = []
        for try await page in pages(entitySet, query, maxPages: limits.maxPages) { rows += page.rows }
        return rows
    }

    /// The same page by page, for lists that are too long to be kept.
    public func pages<Row: ODataRow>(_ entitySet: String, _ query: ODataQuery<Row>) -> ODataPages<Row> {
        pages(entitySet, query, maxPages: limits.maxStreamedPages)
    }

    private func pages<Row: ODataRow>(
        _ entitySet: String, _ query: ODataQuery<Row>, maxPages: Int
    ) -> ODataPages<Row> {
        ODataPages(
            client: self, call: ODataCall(method: "GET", entitySet: entitySet),
            firstURL: url(entitySet, query: query.options), maxPages: maxPages)
    }

    /// The row with this key, or `nil` if there is none. A wrong entity set answers 404 as well: `rows` tells.
    public func row<Row: ODataRow>(
        _ entitySet: String, key: ODataKey, as type: Row.Type = Row.self
    ) async throws -> Row? {
        try await taggedRow(entitySet, key: key)?.row
    }

    /// The same with the version's mark, to be changed or deleted.
    public func taggedRow<Row: ODataRow>(
        _ entitySet: String, key: ODataKey, as type: Row.Type = Row.self
    ) async throws -> ODataTagged<Row>? {
        let call = ODataCall(method: "GET", entitySet: entitySet, key: key.description)
        let answer = try await get(call, url(entitySet + key.encoded, query: ODataQuery<Row>().options))
        if answer.response.status == 404 { return nil }
        return try answer.decode(ODataTagged<Row>.self)
    }

    /// How many rows the filter finds.
    public func count(_ entitySet: String, where filter: ODataFilter? = nil) async throws -> Int {
        let call = ODataCall(method: "GET", entitySet: entitySet + "/$count")
        let query = filter.map { [("$filter", $0.description)] } ?? []
        return try await get(call, url(entitySet + "/$count", query: query)).count()
    }

    /// The names of all entity sets that the environment has. F&O's service document, which is small beside the tens of
    /// megabytes of its `$metadata`.
    ///
    /// Waits as long as the first call after a restart of F&O may take, so it also warms F&O up.
    public func entitySets() async throws -> [String] {
        let call = ODataCall(method: "GET", entitySet: "service document")
        return try await get(call, "\(root.url)/data/", timeout: limits.firstCallTimeout)
            .decode(ServiceDocument.self).value.map(\.name)
    }
}

/// OData 4.0 JSON Format, §5.
private struct ServiceDocument: Decodable {
    struct Entry: Decodable {
        let name: String
    }

    let value: [Entry]
}

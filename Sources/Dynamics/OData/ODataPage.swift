/// One page of rows; F&O's own hold up to 10,000.
public struct ODataPage<Row: ODataRow>: Decodable, Sendable {
    public let rows: [Row]
    /// Of all pages, where the query asked for it.
    public let total: Int?
    /// Where the next page is, to be called as it stands.
    let nextLink: String?

    private enum CodingKeys: String, CodingKey {
        case rows = "value"
        case total = "@odata.count"
        case nextLink = "@odata.nextLink"
    }
}

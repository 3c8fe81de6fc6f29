/// One page of rows.
struct ODataPage<Row: Decodable & Sendable>: Decodable, Sendable {
    let value: [Row]
    /// Where the next page is, to be called as it stands.
    let nextLink: String?

    private enum CodingKeys: String, CodingKey {
        case value
        case nextLink = "@odata.nextLink"
    }
}

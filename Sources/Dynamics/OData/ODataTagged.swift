/// A row with the mark of its version.
public struct ODataTagged<Row: ODataRow>: Decodable, Sendable {
    public let row: Row
    /// `W/"…"`; `nil` for the few entities that have none.
    public let etag: String?

    private enum CodingKeys: String, CodingKey {
        case etag = "@odata.etag"
    }

    public init(from decoder: any Decoder) throws {
        row = try Row(from: decoder)
        etag = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .etag)
    }

    /// That nobody has changed the row since it was read.
    public var unchanged: ODataPrecondition { etag.map(ODataPrecondition.unchanged) ?? .exists }
}

/// What must hold for a row to be changed (`If-Match`, RFC 9110 §13.1.1); otherwise `ODataFault.stale`.
public enum ODataPrecondition: Sendable, Equatable {
    /// The row still has this ETag.
    case unchanged(String)
    /// The row is there, in whatever version: `*`.
    case exists

    var ifMatch: String {
        switch self {
        case .unchanged(let etag): etag
        case .exists: "*"
        }
    }
}

public import HTTPTypes

/// An error as `application/problem+json` (RFC 9457): a stable type for scripts, a sentence for people.
public struct Problem: Sendable, Equatable, Error {
    /// Stable, lower case with dashes; the wire carries `urn:causeway:problem:<slug>`.
    public var slug: String
    public var status: HTTPResponse.Status
    /// The kind of problem, the same for each occurrence.
    public var title: String
    /// This occurrence, and what to do about it.
    public var detail: String
    /// Added to the answer: `Allow`, `Retry-After`, `WWW-Authenticate`.
    public var headers: HTTPFields

    public init(
        _ slug: String, status: HTTPResponse.Status, title: String, detail: String, headers: HTTPFields = [:]
    ) {
        self.slug = slug
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = headers
    }
}

public import HTTPTypes

public struct Response: Sendable, Equatable {
    public var status: HTTPResponse.Status
    /// Without `Content-Length`, `Connection` and `Date`, which the connection writes.
    public var headers: HTTPFields
    public var body: [UInt8]
    /// Whether to close the connection without answering: for simulating a peer that dies. The far side then can't
    /// know whether its request had an effect.
    public var isCutOff = false
    /// For metrics: the slug of the `Problem` this response was made of.
    public var problemSlug: String?
    /// For metrics: the pattern that the request matched, set by the router.
    public var route: String?

    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: plainText, body: Array(text.utf8))
    }

    /// - Parameter json: A JSON text.
    public static func json(_ json: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: applicationJSON, body: json)
    }

    public static var cutOff: Response {
        var response = Response(status: .ok)
        response.isCutOff = true
        return response
    }

    private static let plainText: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
    private static let applicationJSON: HTTPFields = [.contentType: "application/json"]
}

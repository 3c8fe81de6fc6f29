import HTTPTypes

extension Response {
    /// `application/problem+json` (RFC 9457) with `type`, `title`, `status` and `detail`.
    public init(_ problem: Problem) {
        var headers = problem.headers
        headers[.contentType] = "application/problem+json"
        var json: [UInt8] = []
        json.reserveCapacity(128 + problem.detail.utf8.count)
        json += #"{"type":"urn:causeway:problem:"#.utf8
        Self.appendEscaped(problem.slug, to: &json)
        json += #"","title":""#.utf8
        Self.appendEscaped(problem.title, to: &json)
        json += #"","status":"#.utf8
        json += String(problem.status.code).utf8
        json += #","detail":""#.utf8
        Self.appendEscaped(problem.detail, to: &json)
        json += #""}"#.utf8
        self.init(status: problem.status, headers: headers, body: json)
        problemSlug = problem.slug
    }

    /// RFC 8259 §7.
    private static func appendEscaped(_ text: String, to json: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case ASCII.quote, ASCII.backslash: json += [ASCII.backslash, byte]
            case 0..<0x20: json += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: json.append(byte)
            }
        }
    }
}

extension Problem {
    /// Says nothing about the cause: that is in the log.
    static let internalError = Problem(
        "internal-error", status: .internalServerError, title: "Internal error",
        detail: "The request could not be answered because of a fault in this server; its log says more.")
}

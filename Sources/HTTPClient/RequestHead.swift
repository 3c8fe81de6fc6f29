import HTTPTypes

/// An ``OutboundRequest`` checked and put into the words of libcurl. Pure: reads nothing but the request.
struct RequestHead: Sendable, Equatable {
    let method: HTTPRequest.Method
    let url: String
    let destination: Origin
    /// Lines for `CURLOPT_HTTPHEADER`. `Name:` takes away what libcurl would add; `Name;` is a field without value.
    let lines: [String]
    let framing: Framing

    /// How the body, or its absence, is announced.
    enum Framing: Sendable, Equatable {
        /// `HEAD`: the answer has no body either.
        case headOnly
        /// No body and no `Content-Length`.
        case noBody
        /// `Content-Length`, 0 included.
        case body
    }

    init(_ request: OutboundRequest) throws(TransportError) {
        method = request.method
        url = request.url
        destination = try Origin(url: request.url)
        framing = try RequestHead.framing(request)
        lines = try RequestHead.lines(request.headers)
    }

    /// Whether the request may be sent again when its connection ends without an answer (RFC 9110 §9.2.2).
    var isIdempotent: Bool {
        [.get, .head, .put, .delete, .options, .trace].contains(method)
    }

    /// A method that gives a body a meaning announces that there is none (RFC 9110 §8.6).
    private static func framing(_ request: OutboundRequest) throws(TransportError) -> Framing {
        switch request.method {
        case .connect:
            throw .invalidRequest("CONNECT opens tunnels, which this client doesn't")
        case .head, .trace:
            guard request.body == nil else { throw .invalidRequest("\(request.method) has no body") }
            return request.method == .head ? .headOnly : .noBody
        case .post, .put, .patch: return .body
        default: return request.body == nil ? .noBody : .body
        }
    }

    private static func lines(_ headers: HTTPFields) throws(TransportError) -> [String] {
        // libcurl waits up to a second for "100 Continue" before it sends a longer body, and says that bodies
        // without a content type are HTML forms.
        var lines = ["Expect:"]
        if headers[.contentType] == nil { lines.append("Content-Type:") }
        for field in headers {
            guard field.name != .contentLength, field.name != .transferEncoding else {
                throw .invalidRequest("\(field.name) follows from the body and can't be set")
            }
            // HTTPField replaces these when it is made. libcurl writes lines as they are, so that we look again.
            guard !field.value.utf8.contains(where: { [0x0D, 0x0A, 0x00].contains($0) }) else {
                throw .invalidRequest("the value of \(field.name) holds a line break or NUL")
            }
            lines.append(field.value.isEmpty ? "\(field.name.rawName);" : "\(field.name.rawName): \(field.value)")
        }
        return lines
    }
}

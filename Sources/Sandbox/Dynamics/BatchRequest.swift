import HTTPServer
import HTTPTypes

/// A `$batch` as it came (OData 4.0 Part 1, §11.7), read as strictly as F&O reads it.
struct BatchRequest {
    struct Operation {
        let request: Request
        /// Of every operation of a change set; nobody else's.
        let contentID: String?
    }

    enum Part {
        case single(Operation)
        case changeSet([Operation])
    }

    let parts: [Part]

    /// Microsoft's figure.
    static let maxOperations = 5000

    init(_ request: Request) throws(ODataRefusal) {
        let pieces = try MultipartBody(request.body, contentType: request.headers[.contentType]).parts
        var parts: [Part] = []
        var contentIDs: Set<String> = []
        for piece in pieces {
            guard piece.headers["content-type"]?.lowercased().hasPrefix("multipart/mixed") == true else {
                parts.append(.single(Operation(request: try Self.request(piece), contentID: nil)))
                continue
            }
            let inner = try MultipartBody(piece.body, contentType: piece.headers["content-type"]).parts
            parts.append(
                .changeSet(
                    try inner.map { part throws(ODataRefusal) in
                        try Self.operation(part, &contentIDs)
                    }))
        }
        let count = parts.reduce(0) { if case .changeSet(let all) = $1 { $0 + all.count } else { $0 + 1 } }
        guard count <= Self.maxOperations else {
            throw .malformed("The batch has \(count) operations; at most \(Self.maxOperations) are allowed.")
        }
        self.parts = parts
    }

    private static func operation(
        _ part: MultipartBody.Part, _ contentIDs: inout Set<String>
    ) throws(ODataRefusal) -> Operation {
        let request = try request(part)
        guard request.method != .get else { throw .malformed("A change set cannot hold a GET request.") }
        guard let id = part.headers["content-id"], !id.isEmpty else {
            throw .malformed("Each operation of a change set needs a Content-ID.")
        }
        guard contentIDs.insert(id).inserted else { throw .malformed("The Content-ID '\(id)' is used twice.") }
        return Operation(request: request, contentID: id)
    }

    /// The HTTP request inside of a part.
    private static func request(_ part: MultipartBody.Part) throws(ODataRefusal) -> Request {
        guard part.headers["content-type"]?.lowercased() == "application/http",
            part.headers["content-transfer-encoding"]?.lowercased() == "binary"
        else {
            throw .malformed("A part's Content-Type is application/http, its Content-Transfer-Encoding binary.")
        }
        guard let lineEnd = part.body.firstRange(of: MultipartBody.lineEnd) else {
            throw .malformed("A part holds no request line.")
        }
        let words = String(decoding: part.body[..<lineEnd.lowerBound], as: UTF8.self).split(separator: " ")
        guard words.count == 3, words[2] == "HTTP/1.1", let method = HTTPRequest.Method(String(words[0])),
            let inner = MultipartBody.Part(part.body[lineEnd.upperBound...])
        else { throw .malformed("The request line of a part is METHOD target HTTP/1.1.") }
        guard !words[1].hasPrefix("$") else {
            throw .malformed("References such as '\(words[1])' to other operations are not supported.")
        }
        var headers: HTTPFields = [:]
        for (name, value) in inner.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        let target = words[1].split(separator: "?", maxSplits: 1)
        return Request(
            method: method, path: "/data/" + (target.first ?? ""), query: target.count > 1 ? String(target[1]) : nil,
            headers: headers, body: Array(inner.body))
    }
}

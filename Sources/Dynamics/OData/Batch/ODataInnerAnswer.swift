import HTTPClient
import HTTPTypes

/// An HTTP answer inside of a part (`application/http`, RFC 9112 §10.1).
struct ODataInnerAnswer {
    let response: OutboundResponse
    let contentID: Int?

    init?(_ part: Multipart.Part) {
        guard let lineEnd = part.body.firstRange(of: Multipart.lineEnd) else { return nil }
        let words = String(decoding: part.body[..<lineEnd.lowerBound], as: UTF8.self).split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]),
            (100...599).contains(status), let inner = Multipart.part(part.body[lineEnd.upperBound...])
        else { return nil }
        var headers: HTTPFields = [:]
        for (name, value) in inner.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        // The line end before the next delimiter belongs to that.
        response = OutboundResponse(status: status, headers: headers, body: Array(inner.body))
        contentID = (part.headers["content-id"] ?? inner.headers["content-id"]).flatMap { Int($0) }
    }
}

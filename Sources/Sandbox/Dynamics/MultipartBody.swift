/// A `multipart/mixed` body, cut into its parts (RFC 2046 §5.1). Line ends are CRLF, and the end must be marked.
struct MultipartBody {
    struct Part {
        /// Names in lower case.
        let headers: [String: String]
        let body: ArraySlice<UInt8>

        /// Headers, an empty line, and what follows; `nil` if there is no empty line.
        init?(_ bytes: ArraySlice<UInt8>) {
            var headers: [String: String] = [:]
            var rest = bytes
            while let end = rest.firstRange(of: MultipartBody.lineEnd) {
                let line = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
                rest = rest[end.upperBound...]
                guard !line.isEmpty else {
                    self.headers = headers
                    body = rest
                    return
                }
                guard let colon = line.firstIndex(of: ":") else { return nil }
                headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
            return nil
        }
    }

    let parts: [Part]

    static let lineEnd: [UInt8] = [0x0D, 0x0A]

    init(_ body: some Collection<UInt8>, contentType: String?) throws(ODataRefusal) {
        guard let boundary = Self.boundary(contentType) else {
            throw .malformed("The content type of a batch is multipart/mixed with a boundary.")
        }
        // As if the body began with a line end: then every delimiter has one before it.
        var rest = (Self.lineEnd + body)[...]
        let delimiter = Self.lineEnd + [UInt8]("--\(boundary)".utf8)
        var parts: [Part] = []
        guard let first = rest.firstRange(of: delimiter) else {
            throw .malformed("The batch does not hold its boundary '\(boundary)', with CRLF line ends.")
        }
        rest = rest[first.upperBound...]
        while !rest.starts(with: [UInt8]("--".utf8)) {
            guard rest.starts(with: Self.lineEnd), let next = rest.firstRange(of: delimiter) else {
                throw .malformed("The batch ends without its closing boundary '--\(boundary)--'.")
            }
            guard let part = Part(rest[..<next.lowerBound].dropFirst(2)) else {
                throw .malformed("A part of the batch has no empty line after its headers.")
            }
            parts.append(part)
            rest = rest[next.upperBound...]
        }
        self.parts = parts
    }

    private static func boundary(_ contentType: String?) -> String? {
        guard let contentType, let match = contentType.firstMatch(of: /(?i)^multipart\/mixed\s*;\s*boundary=(.+)$/)
        else { return nil }
        let value = String(match.1)
        let isQuoted = value.count > 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
        return isQuoted ? String(value.dropFirst().dropLast()) : value
    }
}

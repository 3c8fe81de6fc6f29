import CCurl

/// The server that a URL names: all that errors may say about it.
struct Destination: Sendable, Hashable, CustomStringConvertible {
    let host: String
    let port: String

    var description: String { "\(host):\(port)" }

    /// Reads the URL with libcurl's own parser, so that no second opinion about it can arise.
    ///
    /// Refused besides what is not absolute `http` or `https`: credentials in the URL, which belong into a header,
    /// and characters that must be percent-encoded (RFC 3986 §2), which libcurl would otherwise send as they are.
    init(url: String) throws(TransportError) {
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .invalidURL("it holds a character that must be percent-encoded")
        }
        // libcurl would also make do with one slash, or three.
        let start = url.prefix(9).lowercased()
        guard let scheme = ["http://", "https://"].first(where: { start.hasPrefix($0) }),
            start.dropFirst(scheme.count).first != "/"
        else { throw .invalidURL("expected an absolute http or https URL") }
        guard let parser = curl_url() else { throw .invalidURL("no memory to read it") }
        defer { curl_url_cleanup(parser) }
        guard curl_url_set(parser, CURLUPART_URL, url, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK else {
            throw .invalidURL("expected a host, and a port from 1 to 65535")
        }
        guard Destination.part(CURLUPART_USER, of: parser) == nil,
            Destination.part(CURLUPART_PASSWORD, of: parser) == nil
        else { throw .invalidURL("credentials belong into a header") }
        guard let host = Destination.part(CURLUPART_HOST, of: parser), !host.isEmpty,
            let port = Destination.part(CURLUPART_PORT, of: parser, flags: UInt32(CURLU_DEFAULT_PORT)), port != "0"
        else { throw .invalidURL("expected a host, and a port from 1 to 65535") }
        self.host = host
        self.port = port
    }

    private static func part(_ part: CURLUPart, of parser: OpaquePointer, flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        defer { curl_free(text) }
        guard curl_url_get(parser, part, &text, flags) == CURLUE_OK else { return nil }
        return text.map { String(cString: $0) }
    }
}

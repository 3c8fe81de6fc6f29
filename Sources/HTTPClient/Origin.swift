import CCurl

/// Scheme, host and port of a URL (RFC 6454 §4): the server that it names, and all that errors may say about it.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// Whether the scheme is `https`.
    public let isSecure: Bool
    /// In small letters. An IPv4 address in any of its spellings (`0x7f.1`) as four decimals, an IPv6 address in
    /// brackets.
    public let host: String
    let port: String

    /// `shop.example.com:443`
    public var description: String { "\(host):\(port)" }

    var hasDefaultPort: Bool { port == (isSecure ? "443" : "80") }

    /// Reads the URL with libcurl's own parser, so that no second opinion about it can arise.
    ///
    /// Refused besides what is not absolute `http` or `https`: credentials in the URL, which belong into a header,
    /// and characters that must be percent-encoded (RFC 3986 §2), which libcurl would otherwise send as they are.
    public init(url: String) throws(TransportError) {
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
        guard Origin.part(CURLUPART_USER, of: parser) == nil,
            Origin.part(CURLUPART_PASSWORD, of: parser) == nil
        else { throw .invalidURL("credentials belong into a header") }
        guard let host = Origin.part(CURLUPART_HOST, of: parser), !host.isEmpty,
            let port = Origin.part(CURLUPART_PORT, of: parser, flags: UInt32(CURLU_DEFAULT_PORT)), port != "0"
        else { throw .invalidURL("expected a host, and a port from 1 to 65535") }
        isSecure = scheme == "https://"
        self.host = host.lowercased()
        self.port = port
    }

    /// The URL that a `Location` means (RFC 3986 §5.2), without its fragment.
    /// - Parameter location: Absolute, or relative to `url`.
    static func resolve(_ location: String, against url: String) throws(TransportError) -> String {
        guard let parser = curl_url() else { throw .invalidURL("no memory to read it") }
        defer { curl_url_cleanup(parser) }
        guard curl_url_set(parser, CURLUPART_URL, url, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK,
            curl_url_set(parser, CURLUPART_URL, location, 0) == CURLUE_OK,
            curl_url_set(parser, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK,
            let resolved = part(CURLUPART_URL, of: parser)
        else { throw .invalidURL("the place that the answer redirects to is no URL") }
        return resolved
    }

    private static func part(_ part: CURLUPart, of parser: OpaquePointer, flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        defer { curl_free(text) }
        guard curl_url_get(parser, part, &text, flags) == CURLUE_OK else { return nil }
        return text.map { String(cString: $0) }
    }
}

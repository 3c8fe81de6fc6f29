import HTTPTypes

/// The answer to a plain HTTP request on a TLS port.
enum PlainTextAnswer {
    private static let problem = Problem(
        "not-https", status: .badRequest, title: "TLS expected",
        detail: "This port speaks HTTPS; send the request with https:// in place of http://.")

    /// - Parameter time: Seconds since 1970.
    static func bytes(at time: Int) -> [UInt8] {
        let response = Response(problem)
        var encoder = ResponseEncoder()
        _ = encoder.encode(response, connection: .close, at: time)
        return encoder.bytes + response.body
    }
}

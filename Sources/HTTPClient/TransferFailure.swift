import CCurl

/// What libcurl's verdict on a transfer means to the caller. Pure.
enum TransferFailure {
    /// - Parameters:
    ///   - sends: How often the request was about to be sent. Up to then nothing can have had an effect, and from
    ///     then on anything can.
    ///   - detail: libcurl's own words, or empty. Only used before the request was sent: there they tell a wrong
    ///     certificate from a refused connection, later they could quote what the server said.
    static func error(
        code: CURLcode, sends: Int, resendRefused: Bool, destination: Origin, detail: String
    ) -> TransportError {
        if resendRefused {
            return .interrupted("\(destination) closed the connection without an answer; the request is not repeated")
        }
        let verdict = String(cString: curl_easy_strerror(code))
        guard sends == 0 else { return .interrupted("\(destination): \(verdict)") }
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .invalidURL(verdict)
        default: return .notConnected("\(destination): \(detail.isEmpty ? verdict : detail)")
        }
    }

    static func deadlinePassed(sends: Int, destination: Origin) -> TransportError {
        sends == 0
            ? .notConnected("\(destination): no connection before the deadline")
            : .interrupted("\(destination): no whole answer before the deadline")
    }
}

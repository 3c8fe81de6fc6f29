/// What becomes of an answer with status 301, 302, 303, 307 or 308.
public enum RedirectRule: Sendable, Equatable {
    /// It is returned like any other.
    case returned
    /// Followed with the same method and body: a `GET` or `HEAD` for all five, other methods for 307 and 308 alone
    /// (RFC 9110 §15.4); for them the others are returned.
    ///
    /// Another origin than the request's is treated as `URLTrust.handedOut`, and gets none of the request's headers
    /// that could carry credentials; `https` never becomes `http`.
    /// - Parameters:
    ///   - atMost: Redirects in a row; one more fails with `TransportError.refused`.
    ///   - to: Hosts, besides those that the transport is configured for.
    case followed(atMost: Int, to: [HostPattern] = [])
}

public import HTTPTypes

/// Learns what the server does, for metrics. Called on event loops, from several threads: it must not block.
public protocol ServerObserver: Sendable {
    /// A request was answered, also one that could not be read.
    /// - Parameters:
    ///   - method: `nil` if the request could not be read.
    ///   - route: The pattern that matched, such as `/events/dynamics/{token}`; `nil` if none did.
    ///   - problemSlug: Of the `Problem` that was the answer.
    ///   - took: From the end of the request to the hand-over of the response to the kernel.
    func answered(
        method: HTTPRequest.Method?, route: String?, status: HTTPResponse.Status, problemSlug: String?, took: Duration
    )

    /// A connection was accepted.
    func opened()

    /// A connection is gone.
    func closed()

    /// A peer reached a limit: its request was refused, or its connection closed.
    func reached(_ limit: ServerLimit)
}

extension ServerObserver {
    public func reached(_ limit: ServerLimit) {}
}

/// Observes nothing.
public struct NoServerObserver: ServerObserver {
    public init() {}
    public func answered(
        method: HTTPRequest.Method?, route: String?, status: HTTPResponse.Status, problemSlug: String?, took: Duration
    ) {}
    public func opened() {}
    public func closed() {}
}

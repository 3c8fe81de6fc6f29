/// A checked request on its way to libcurl's thread, with the place where its answer goes.
struct Exchange: Sendable {
    typealias ID = UInt64

    let id: ID
    let head: RequestHead
    let route: OutboundRoute
    let body: [UInt8]
    let deadline: ContinuousClock.Instant
    let maxResponseBytes: Int
    /// Resumed exactly once: by libcurl's thread, or by whoever could not hand the exchange over to it.
    let reply: CheckedContinuation<Result<OutboundResponse, TransportError>, Never>
}

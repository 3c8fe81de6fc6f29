import CCurl
import Foundation
import Synchronization

/// HTTP over libcurl: kept connections, HTTP/1.1 and (over TLS) HTTP/2, deadlines, limits.
///
/// One thread runs all transfers. Certificates are always verified, TLS is 1.2 or newer, redirects are answers like
/// any other unless a request has them followed, and nothing is taken from the environment. Which servers may be
/// called is decided here, before their names are looked up, and again when the address is known.
///
/// A `POST` or `PATCH` is sent at most once. libcurl by itself repeats a request when a kept connection ends without
/// an answer; here that is only done for idempotent methods (RFC 9110 §9.2.2). For others such an end is
/// ``TransportError/interrupted(_:)``, and the caller finds out what became of the request.
public final class CurlTransport: HTTPTransport {
    private let mailbox: Mailbox
    private let rules: OutboundRules
    private let maxResponseBytes: Int
    private let lastID = Atomic<Exchange.ID>(0)

    public init(configuration: TransportConfiguration) {
        let mailbox = Mailbox(maxRequests: configuration.maxRequests)
        self.mailbox = mailbox
        rules = OutboundRules(configuration)
        maxResponseBytes = configuration.maxResponseBytes
        let thread = Thread { CurlLoop(configuration: configuration, mailbox: mailbox).run() }
        thread.name = "causeway.http"
        thread.start()
    }

    deinit { mailbox.close() }

    /// A longer timeout of a request counts as this one.
    static let longestTimeout = Duration.seconds(24 * 60 * 60)

    public func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let deadline = ContinuousClock.now + min(request.timeout, CurlTransport.longestTimeout)
        var request = request
        while true {
            let answer = try await exchange(request, deadline)
            guard let next = try Redirect.next(after: answer, to: request) else { return answer }
            request = next
        }
    }

    private func exchange(
        _ request: OutboundRequest, _ deadline: ContinuousClock.Instant
    ) async throws(TransportError) -> OutboundResponse {
        let head = try RequestHead(request)
        let route = try rules.route(to: head.destination, trust: request.trust)
        let id = lastID.add(1, ordering: .relaxed).newValue
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let exchange = Exchange(
                    id: id, head: head, route: route, body: request.body ?? [], deadline: deadline,
                    maxResponseBytes: request.maxResponseBytes ?? maxResponseBytes, reply: continuation)
                if let refusal = mailbox.start(exchange) { return continuation.resume(returning: .failure(refusal)) }
                // A task cancelled before this point has sent its letter ahead of the request, to no effect.
                if Task.isCancelled { mailbox.cancel(id) }
            }
        } onCancel: {
            mailbox.cancel(id)
        }
        return try result.get()
    }

    /// Ends the thread and closes all connections. Requests under way fail as cancelled, later ones as not connected.
    public func close() async {
        await mailbox.closed()
    }
}

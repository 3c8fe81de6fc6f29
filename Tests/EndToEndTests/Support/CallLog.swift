import HTTPClient
import HTTPTypes
import Synchronization

/// Notes when each call of the gateway left, and what came back.
final class CallLog: HTTPTransport {
    struct Call: Sendable {
        var method: String
        var url: String
        var leftAt: ContinuousClock.Instant
        /// `nil` before the answer.
        var answeredAt: ContinuousClock.Instant?
        var status: Int?
    }

    private let transport: any HTTPTransport
    private let calls = Mutex<[Call]>([])

    init(_ transport: any HTTPTransport) { self.transport = transport }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let index = calls.withLock { calls in
            calls.append(Call(method: request.method.rawValue, url: request.url, leftAt: .now))
            return calls.count - 1
        }
        let answer = try await transport.send(request)
        calls.withLock {
            $0[index].answeredAt = .now
            $0[index].status = answer.status
        }
        return answer
    }

    /// In the order in which they left.
    func calls(to base: String) -> [Call] { calls.withLock { $0.filter { $0.url.hasPrefix(base) } } }
}

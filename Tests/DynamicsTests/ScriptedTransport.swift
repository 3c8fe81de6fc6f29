import HTTPClient
import HTTPTypes
import Synchronization

/// Answers with `replies` in order and remembers what was asked; fails with `.notConnected` when they are used up.
final class ScriptedTransport: HTTPTransport {
    typealias Reply = Result<OutboundResponse, TransportError>

    private let state: Mutex<(replies: [Reply], requests: [OutboundRequest])>

    init(_ replies: Reply...) { state = Mutex((replies, [])) }

    var requests: [OutboundRequest] { state.withLock { $0.requests } }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let reply = state.withLock { state -> Reply in
            state.requests.append(request)
            return state.replies.isEmpty ? .failure(.notConnected("no reply left")) : state.replies.removeFirst()
        }
        return try reply.get()
    }
}

extension Result<OutboundResponse, TransportError> {
    static func answer(_ status: Int, _ body: String = "", _ headers: HTTPFields = [:]) -> Self {
        .success(OutboundResponse(status: status, headers: headers, body: [UInt8](body.utf8)))
    }
}

extension OutboundRequest {
    var text: String? { body.map { String(decoding: $0, as: UTF8.self) } }
}

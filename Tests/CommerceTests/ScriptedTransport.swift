import HTTPClient
import HTTPTypes
import Synchronization

/// Answers with `answers` in order and keeps what it was asked. Out of answers, it is unreachable.
final class ScriptedTransport: HTTPTransport {
    private let state: Mutex<(answers: [Result<OutboundResponse, TransportError>], requests: [OutboundRequest])>

    init(_ answers: [Result<OutboundResponse, TransportError>]) {
        state = Mutex((answers, []))
    }

    convenience init(_ bodies: String...) {
        self.init(bodies.map { .success(OutboundResponse(status: 200, body: Array($0.utf8))) })
    }

    var requests: [OutboundRequest] { state.withLock { $0.requests } }

    /// `METHOD url`, and the body if there is one.
    var calls: [String] {
        requests.map { request in
            "\(request.method.rawValue) \(request.url)"
                + (request.body.map { " " + String(decoding: $0, as: UTF8.self) } ?? "")
        }
    }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else { throw .notConnected("the script is over") }
        return try answer.get()
    }
}

import HTTPClient
import HTTPTypes
import Relay

/// Asks the destination before each call, and tells it what came back.
struct GovernedTransport: HTTPTransport {
    /// What an answer that is not good means, in the platform's own terms; `nil` for a good one.
    typealias Judge = @Sendable (OutboundResponse, OutboundRequest) -> (any DeliveryFault)?

    let transport: any HTTPTransport
    let destination: Destination
    var role = CallRole.work
    let judge: Judge

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let permit: CallPermit
        do throws(CallRefusal) {
            permit = try await destination.permit(for: role)
        } catch {
            throw TransportError(error)
        }
        do {
            let answer = try await transport.send(request)
            destination.finished(permit, judge(answer, request).map(CallResult.init) ?? result(of: answer))
            return answer
        } catch {
            destination.finished(permit, result(of: error, request))
            throw error
        }
    }

    /// A page is not what either platform answers to a call, whatever its status.
    private func result(of answer: OutboundResponse) -> CallResult {
        guard answer.headers[.contentType]?.lowercased().hasPrefix("text/html") == true else { return .answered }
        let reason = Reason(
            code: "\(destination.name)-page", message: "It answers with an HTML page instead of data.",
            advice: "Check its address in the configuration, and what stands before it.")
        return .failed(.unreadable, reason, retryAfter: nil)
    }

    private func result(of error: TransportError, _ request: OutboundRequest) -> CallResult {
        let kind: FailureKind
        switch error {
        case .notConnected: kind = .network
        case .interrupted: kind = request.method == .get ? .timeout : .unclearOutcome
        case .responseTooLarge: return .answered
        case .invalidURL, .invalidRequest, .refused, .cancelled, .held: return .inconclusive
        }
        let reason = Reason(code: "\(destination.name)-\(kind.code)", message: "No answer: \(error).")
        return .failed(kind, reason, retryAfter: nil)
    }
}

extension TransportError {
    fileprivate init(_ refusal: CallRefusal) {
        self =
            switch refusal {
            case .held(let wait, let reason):
                .held("it is left alone for \(Quantity.text(.seconds(max(1, wait.components.seconds)))): \(reason)")
            case .cancelled: .cancelled
            }
    }
}

extension FailureKind {
    /// As reasons spell it: `unclear-outcome`.
    fileprivate var code: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
    }
}

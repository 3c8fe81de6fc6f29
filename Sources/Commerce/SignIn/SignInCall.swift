import Foundation
public import HTTPClient
import HTTPTypes
public import Relay

/// Sends the request that asks for a token, and writes to the audit trail that it was made, without the bodies, which
/// hold credentials. Tells an outage from an answer.
struct SignInCall: Sendable {
    let service: CommerceSignInService
    let transport: any HTTPTransport
    let clock: any WallClock

    /// The deadline of a sign-in call.
    static let timeout = Duration.seconds(30)
    /// The longest answer that is read. A token has a few kilobytes.
    static let maxAnswerBytes = 256 << 10
    /// Characters of the service's own words that an error shows.
    static let detailLimit = 300

    /// - Returns: An answer that is a token or a refusal.
    func answer(to request: OutboundRequest) async throws(CommerceSignInFault) -> OutboundResponse {
        var request = request
        (request.timeout, request.maxResponseBytes) = (Self.timeout, Self.maxAnswerBytes)
        let startedAt = clock.now()
        let started = ContinuousClock.now
        let answer: OutboundResponse
        do {
            answer = try await transport.send(request)
            record(request, answer, nil, startedAt, started)
        } catch {
            record(request, nil, error, startedAt, started)
            if case .held(let detail) = error { throw .held(service, detail: detail) }
            throw .unavailable(service, status: nil, detail: error.description, retryAfter: nil)
        }
        if let outage = CommerceSignInFault(outage: answer, of: service, now: clock.now()) { throw outage }
        return answer
    }

    private func record(
        _ request: OutboundRequest, _ answer: OutboundResponse?, _ failure: TransportError?, _ startedAt: Timestamp,
        _ started: ContinuousClock.Instant
    ) {
        let target = URLComponents(string: request.url)?.percentEncodedPath ?? ""
        Trail.current?.record(
            Call(
                destination: "commerce", method: request.method.rawValue, target: target,
                sent: Self.heading(request.headers), status: answer?.status,
                received: answer.map { Self.heading($0.headers) }, failure: failure?.description,
                startedAt: startedAt, milliseconds: (ContinuousClock.now - started).wholeMilliseconds))
    }

    private static func heading(_ headers: HTTPFields) -> Call.Message {
        Call.Message(headers: headers.map { ($0.name.canonicalName, $0.value) }, body: [])
    }
}

extension CommerceSignInFault {
    /// What an answer means that is neither a token nor a refusal; `nil` for the others. For those who watch calls
    /// without making them, too.
    public init?(outage answer: OutboundResponse, of service: CommerceSignInService, now: Timestamp) {
        guard [408, 429].contains(answer.status) || answer.status >= 500 else { return nil }
        self = .unavailable(
            service, status: answer.status, detail: "it is not available",
            retryAfter: RetryAfter.wait(answer.headers, millisecondsSince1970: now.millisecondsSince1970))
    }
}

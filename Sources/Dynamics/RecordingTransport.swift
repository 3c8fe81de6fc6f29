import HTTPClient
import HTTPTypes
import Relay

/// Sends a call and writes it down in the audit trail of the attempt that makes it.
struct RecordingTransport: Sendable {
    let transport: any HTTPTransport
    let root: ServiceRoot
    let clock: any WallClock
    /// Off for sign-in calls, whose bodies hold credentials.
    let recordsBodies: Bool

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let startedAt = clock.now()
        let started = ContinuousClock.now
        do throws(TransportError) {
            let response = try await transport.send(request)
            record(request, response, nil, startedAt, started)
            return response
        } catch {
            record(request, nil, error, startedAt, started)
            throw error
        }
    }

    private func record(
        _ request: OutboundRequest, _ response: OutboundResponse?, _ failure: TransportError?,
        _ startedAt: Timestamp, _ started: ContinuousClock.Instant
    ) {
        guard let trail = Trail.current else { return }
        trail.record(
            Exchange(
                destination: "dynamics", method: request.method.rawValue, target: root.target(of: request.url),
                status: response?.status,
                sent: recordsBodies ? Trail.excerpt(request.body ?? []) : nil,
                received: recordsBodies ? Trail.excerpt(response?.body ?? []) : nil,
                failure: failure?.description, startedAt: startedAt,
                milliseconds: (ContinuousClock.now - started).wholeMilliseconds))
    }
}

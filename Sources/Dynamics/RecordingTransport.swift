import Foundation
import HTTPClient
import HTTPTypes
import Relay

/// Sends a call and writes it down in the audit trail of the attempt that makes it.
///
/// Each call carries an identifier of its own, which Microsoft's support asks for together with the one of the
/// answer (`ms-dyn-aid`): learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/service-request-tracing.
struct RecordingTransport: Sendable {
    let transport: any HTTPTransport
    let root: ServiceRoot
    let clock: any WallClock
    /// Off for sign-in calls, whose bodies hold credentials.
    let recordsBodies: Bool

    /// - Parameter recorded: The bodies as the trail keeps them; `nil` keeps them as they are.
    func send(
        _ request: OutboundRequest, recorded: RecordedBodies? = nil
    ) async throws(TransportError) -> OutboundResponse {
        var request = request
        if let name = Self.requestID { request.headers[name] = UUID().uuidString.lowercased() }
        let startedAt = clock.now()
        let started = ContinuousClock.now
        do throws(TransportError) {
            let response = try await transport.send(request)
            record(request, response, nil, recorded, startedAt, started)
            return response
        } catch {
            record(request, nil, error, recorded, startedAt, started)
            throw error
        }
    }

    private func record(
        _ request: OutboundRequest, _ response: OutboundResponse?, _ failure: TransportError?,
        _ recorded: RecordedBodies?, _ startedAt: Timestamp, _ started: ContinuousClock.Instant
    ) {
        guard let trail = Trail.current else { return }
        trail.record(
            Call(
                destination: "dynamics", method: request.method.rawValue, target: root.target(of: request.url),
                sent: message(request.headers, recorded?.sent ?? request.body ?? []), status: response?.status,
                received: response.map { message($0.headers, recorded?.received($0) ?? $0.body) },
                failure: failure?.description,
                startedAt: startedAt, milliseconds: (ContinuousClock.now - started).wholeMilliseconds))
    }

    private func message(_ headers: HTTPFields, _ body: [UInt8]) -> Call.Message {
        Call.Message(
            headers: headers.map { ($0.name.canonicalName, $0.value) }, body: recordsBodies ? body : [])
    }

    private static let requestID = HTTPField.Name("x-ms-client-request-id")
}

/// What the trail keeps of bodies that no redactor could look into.
struct RecordedBodies: Sendable {
    let sent: [UInt8]
    let received: @Sendable (OutboundResponse) -> [UInt8]
}

import HTTPClient
import HTTPTypes
import Relay
import SignIn

/// Sends calls to F&O with a token, and reads their answers.
struct SignedInTransport: Sendable {
    private let tokens: any AccessTokenSource
    private let transport: RecordingTransport
    private let clock: any WallClock

    /// - Parameter recordsBodies: Off where bodies hold links with their keys, or whole files.
    init(
        root: ServiceRoot, tokens: any AccessTokenSource, transport: any HTTPTransport, clock: any WallClock,
        recordsBodies: Bool
    ) {
        self.tokens = tokens
        self.transport = RecordingTransport(
            transport: transport, root: root, clock: clock, recordsBodies: recordsBodies)
        self.clock = clock
    }

    /// A 401 was not executed, so the call, a create as well, is repeated once with a fresh token.
    func send(
        _ call: ODataCall, _ request: OutboundRequest, recorded: RecordedBodies? = nil
    ) async throws -> ODataAnswer {
        let token = try await tokens.token()
        let answer = try await sendOnce(call, request, token, recorded)
        guard answer.response.status == 401 else { return answer }
        await tokens.invalidate(token)
        return try await sendOnce(call, request, tokens.token(), recorded)
    }

    private func sendOnce(
        _ call: ODataCall, _ request: OutboundRequest, _ token: String, _ recorded: RecordedBodies?
    ) async throws(ODataFault) -> ODataAnswer {
        var request = request
        request.headers[.authorization] = "Bearer \(token)"
        do {
            let response = try await transport.send(request, recorded: recorded)
            return ODataAnswer(call: call, response: response, now: clock.now())
        } catch {
            throw ODataFault(error, during: call)
        }
    }
}

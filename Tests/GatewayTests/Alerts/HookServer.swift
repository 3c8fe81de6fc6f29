import Cryptography
import HTTPServer
import HTTPTypes
import Synchronization

@testable import Gateway

/// A receiver of hooks on a port of its own, which checks what a receiver should check.
final class HookServer: Responder {
    private struct State {
        var requests: [Request] = []
        var status = HTTPResponse.Status.ok
        var headers: HTTPFields = [:]
        var body = "ok"
    }

    private let state = Mutex(State())
    /// The body of each request, when it has arrived.
    let arrivals: AsyncStream<String>
    private let arrived: AsyncStream<String>.Continuation

    init() { (arrivals, arrived) = AsyncStream.makeStream() }

    var requests: [Request] { state.withLock { $0.requests } }

    func answer(_ status: HTTPResponse.Status, headers: HTTPFields = [:], body: String = "") {
        state.withLock { ($0.status, $0.headers, $0.body) = (status, headers, body) }
    }

    func respond(to request: Request) async -> Response {
        arrived.yield(String(decoding: request.body, as: UTF8.self))
        return state.withLock { state in
            state.requests.append(request)
            return Response(status: state.status, headers: state.headers, body: Array(state.body.utf8))
        }
    }

    /// Runs it while `body` does, which is handed the address of a hook.
    static func serve(_ body: (HookServer, String) async throws -> Void) async throws {
        let hook = HookServer()
        let server = Server(configuration: ServerConfiguration(), responder: hook, logger: quiet)
        let address = try server.start()
        try await body(hook, "http://\(address)/services/T0000/very-secret-part")
        await server.stop(deadline: .seconds(5))
    }

    /// As the specification tells receivers: over id, timestamp and body, by any of the signatures.
    static func verifies(_ request: Request, secret: String) -> Bool {
        guard let id = field("webhook-id", request), let timestamp = field("webhook-timestamp", request),
            let signatures = field("webhook-signature", request),
            let key = Base64.decode(String(secret.dropFirst("whsec_".count)))
        else { return false }
        let code = HMACSHA256.code(key: key, message: Array("\(id).\(timestamp).".utf8) + request.body)
        return signatures.split(separator: " ").contains { $0 == "v1,\(Base64.encode(code))" }
    }

    static func field(_ name: String, _ request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }
}

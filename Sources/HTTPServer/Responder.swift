/// Answers requests. Called on the connection's event loop: it must not block.
public protocol Responder: Sendable {
    func respond(to request: Request) async -> Response
}

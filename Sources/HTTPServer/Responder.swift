/// Answers requests. Called on the connection's event loop: it must not block.
public protocol Responder: Sendable {
    func respond(to request: Request) async -> Response

    /// The answer, if it can be given without waiting; `nil` sends the request on to `respond`.
    ///
    /// Saves the task that waiting needs, which costs more than the rest of a small answer.
    func respondAtOnce(to request: Request) -> Response?
}

extension Responder {
    public func respondAtOnce(to request: Request) -> Response? { nil }
}

public import HTTPTypes
public import Logging

/// Finds the handler of a request by path pattern and method; answers 404, and 405 with `Allow`.
///
/// Literal segments win over placeholders. HEAD is answered by the GET handler (the connection leaves the body out),
/// OPTIONS with `Allow` where no handler for it exists.
public struct Router: Responder {
    public typealias Handler = @Sendable (Request, PathParameters) async throws -> Response
    public typealias ImmediateHandler = @Sendable (Request, PathParameters) throws -> Response

    private var root = RouteNode()
    /// The nodes of patterns without placeholders, by path: found with one look, and they win anyway.
    private var literals: [String: RouteNode] = [:]
    private let logger: Logger

    /// - Parameter logger: Learns of errors that handlers throw and that are not a `Problem`.
    public init(logger: Logger = Logger(label: "http.router")) { self.logger = logger }

    /// A later handler for the same method and path replaces the earlier one.
    /// - Parameters:
    ///   - pattern: `/events/dynamics/{token}`: literal segments and placeholders for exactly one segment, which may
    ///     not be empty.
    ///   - handler: May throw a `Problem`, which becomes the answer.
    public mutating func on(_ method: HTTPRequest.Method, _ pattern: String, _ handler: @escaping Handler) {
        insert(.waiting(handler), method, pattern)
    }

    /// Like `on`, for a handler that has its answer at hand: it must not compute for long.
    public mutating func on(
        _ method: HTTPRequest.Method, _ pattern: String, immediately handler: @escaping ImmediateHandler
    ) {
        insert(.immediate(handler), method, pattern)
    }

    private mutating func insert(_ handler: Route.Handler, _ method: HTTPRequest.Method, _ pattern: String) {
        root.insert(Route(pattern: pattern, handler: handler), for: method)
        if !pattern.contains("{") { literals[pattern] = root.match(pattern)?.node }
    }

    public func respondAtOnce(to request: Request) -> Response? {
        switch look(up: request) {
        case .answer(let response): return response
        case .route(let route, let values):
            guard case .immediate(let handler) = route.handler else { return nil }
            var response: Response
            do {
                response = try handler(request, try route.parameters(values))
            } catch {
                response = failure(error, of: route, request)
            }
            response.route = route.pattern
            return response
        }
    }

    public func respond(to request: Request) async -> Response {
        switch look(up: request) {
        case .answer(let response): return response
        case .route(let route, let values):
            var response: Response
            do {
                let parameters = try route.parameters(values)
                switch route.handler {
                case .waiting(let handler): response = try await handler(request, parameters)
                case .immediate(let handler): response = try handler(request, parameters)
                }
            } catch {
                response = failure(error, of: route, request)
            }
            response.route = route.pattern
            return response
        }
    }

    private enum Finding {
        case answer(Response)
        /// - Parameter values: Of the placeholders, percent-encoded.
        case route(Route, values: [Substring])
    }

    private func look(up request: Request) -> Finding {
        if request.path == "*" { return .answer(noContent(allowing: root.allMethods)) }
        let literal = literals[request.path].map { (node: $0, values: [Substring]()) }
        guard let match = literal ?? root.match(request.path) else {
            let isKnown = isImplemented(request.method)
            return .answer(Response(isKnown ? .notFound(request.path) : FramingError.unsupportedMethod.problem))
        }
        let method = request.method == .head && match.node.route(for: .head) == nil ? .get : request.method
        guard let route = match.node.route(for: method) else { return .answer(withoutHandler(method, match.node)) }
        return .route(route, values: match.values)
    }

    private func failure(_ error: any Error, of route: Route, _ request: Request) -> Response {
        if let problem = error as? Problem { return Response(problem) }
        logger.error(
            "a handler failed",
            metadata: ["route": "\(route.pattern)", "method": "\(request.method)", "error": "\(error)"])
        return Response(.internalError)
    }

    private func withoutHandler(_ method: HTTPRequest.Method, _ node: RouteNode) -> Response {
        var response: Response
        if method == .options {
            response = noContent(allowing: node.methods)
        } else if isImplemented(method) {
            response = Response(.methodNotAllowed(method, allowed: node.methods))
        } else {
            response = Response(FramingError.unsupportedMethod.problem)
        }
        response.route = node.pattern
        return response
    }

    /// RFC 9110 §9.1: a method that this server knows from nowhere is 501, one that is not for this path 405.
    private func isImplemented(_ method: HTTPRequest.Method) -> Bool {
        Self.registered.contains(method) || root.allMethods.contains(method.rawValue)
    }

    /// RFC 9110 §9.3, without CONNECT, and RFC 5789.
    private static let registered: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace,
    ]

    private func noContent(allowing methods: Set<String>) -> Response {
        Response(status: .noContent, headers: [.allow: methods.sorted().joined(separator: ", ")])
    }
}

extension Problem {
    fileprivate static func notFound(_ path: String) -> Problem {
        Problem(
            "not-found", status: .notFound, title: "Not found",
            detail: "There is nothing at \(path); check the path.")
    }

    fileprivate static func methodNotAllowed(_ method: HTTPRequest.Method, allowed: Set<String>) -> Problem {
        let allow = allowed.sorted().joined(separator: ", ")
        return Problem(
            "method-not-allowed", status: .methodNotAllowed, title: "Method not allowed",
            detail: "\(method.rawValue) is not possible here; use one of \(allow).", headers: [.allow: allow])
    }
}

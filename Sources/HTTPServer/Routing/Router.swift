public import HTTPTypes
public import Logging

/// Finds the handler of a request by path pattern and method; answers 404, and 405 with `Allow`.
///
/// Literal segments win over placeholders. HEAD is answered by the GET handler (the connection leaves the body out),
/// OPTIONS with `Allow` where no handler for it exists.
public struct Router: Responder {
    public typealias Handler = @Sendable (Request, PathParameters) async throws -> Response

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
        root.insert(Route(pattern: pattern, handler: handler), for: method)
        if !pattern.contains("{") { literals[pattern] = root.match(pattern)?.node }
    }

    public func respond(to request: Request) async -> Response {
        if request.path == "*" { return noContent(allowing: root.allMethods) }
        let literal = literals[request.path].map { (node: $0, values: [Substring]()) }
        guard let match = literal ?? root.match(request.path) else { return Response(.notFound(request.path)) }
        let method = request.method == .head && match.node.routes[.head] == nil ? .get : request.method
        guard let route = match.node.routes[method] else { return withoutHandler(method, match.node) }
        var response: Response
        do {
            response = try await route.handler(request, try route.parameters(match.values))
        } catch let problem as Problem {
            response = Response(problem)
        } catch {
            logger.error(
                "a handler failed",
                metadata: ["route": "\(route.pattern)", "method": "\(request.method)", "error": "\(error)"])
            response = Response(.internalError)
        }
        response.route = route.pattern
        return response
    }

    private func withoutHandler(_ method: HTTPRequest.Method, _ node: RouteNode) -> Response {
        var response: Response
        if method == .options {
            response = noContent(allowing: node.methods)
        } else {
            response = Response(.methodNotAllowed(method, allowed: node.methods))
        }
        response.route = node.pattern
        return response
    }

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

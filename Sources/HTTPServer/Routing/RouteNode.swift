import HTTPTypes

/// One segment of the tree of patterns.
struct RouteNode: Sendable {
    /// Handlers of the pattern that ends here. A list, since comparing a few methods is faster than hashing one.
    private var routes: [(method: HTTPRequest.Method, route: Route)] = []
    private var literals: [String: RouteNode] = [:]
    /// An array because a struct can't contain itself; it has at most one element.
    private var placeholder: [RouteNode] = []

    /// What `Allow` says here.
    var methods: Set<String> {
        var names = Set(routes.map(\.method.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        names.insert("OPTIONS")
        return names
    }

    var allMethods: Set<String> {
        (Array(literals.values) + placeholder).reduce(methods) { $0.union($1.allMethods) }
    }

    /// Any of the patterns that end here; they differ at most in placeholder names.
    var pattern: String? { routes.first?.route.pattern }

    func route(for method: HTTPRequest.Method) -> Route? { routes.first { $0.method == method }?.route }

    mutating func insert(_ route: Route, for method: HTTPRequest.Method) {
        insert(route, for: method, Route.segments(of: route.pattern)[...])
    }

    private mutating func insert(_ route: Route, for method: HTTPRequest.Method, _ segments: ArraySlice<Substring>) {
        guard let segment = segments.first else {
            routes.removeAll { $0.method == method }
            routes.append((method, route))
            return
        }
        if Route.placeholder(segment) != nil {
            if placeholder.isEmpty { placeholder.append(RouteNode()) }
            placeholder[0].insert(route, for: method, segments.dropFirst())
        } else {
            literals[String(segment), default: RouteNode()].insert(route, for: method, segments.dropFirst())
        }
    }

    /// The node of `path`, and what its placeholders took, percent-encoded.
    func match(_ path: String) -> (node: RouteNode, values: [Substring])? {
        var values: [Substring] = []
        guard path.utf8.first == ASCII.slash else { return nil }
        guard let node = match(path.dropFirst(), &values) else { return nil }
        return (node, values)
    }

    /// Literals first; a placeholder is tried when no literal leads to a handler.
    private func match(_ path: Substring, _ values: inout [Substring]) -> RouteNode? {
        let slash = path.utf8.firstIndex(of: ASCII.slash)
        let segment = path[..<(slash ?? path.endIndex)]
        let rest = slash.map { path[path.utf8.index(after: $0)...] }
        if let next = literals[String(segment)], let found = next.descend(rest, &values) { return found }
        guard let next = placeholder.first, !segment.isEmpty else { return nil }
        values.append(segment)
        if let found = next.descend(rest, &values) { return found }
        values.removeLast()
        return nil
    }

    private func descend(_ rest: Substring?, _ values: inout [Substring]) -> RouteNode? {
        if let rest { return match(rest, &values) }
        return routes.isEmpty ? nil : self
    }
}

import HTTPServer
import HTTPTypes

/// The router, and the list of what was put into it, so that the API document can be held against it.
struct RouteTable {
    struct Entry: Hashable, Comparable, CustomStringConvertible {
        var method: String
        var pattern: String

        var description: String { "\(method) \(pattern)" }

        static func < (left: Entry, right: Entry) -> Bool {
            (left.pattern, left.method) < (right.pattern, right.method)
        }
    }

    private(set) var router: Router
    private(set) var entries: Set<Entry> = []

    init(_ router: Router) { self.router = router }

    mutating func on(_ method: HTTPRequest.Method, _ pattern: String, _ handler: @escaping Router.Handler) {
        entries.insert(Entry(method: method.rawValue, pattern: pattern))
        router.on(method, pattern, handler)
    }

    mutating func on(
        _ method: HTTPRequest.Method, _ pattern: String, immediately handler: @escaping Router.ImmediateHandler
    ) {
        entries.insert(Entry(method: method.rawValue, pattern: pattern))
        router.on(method, pattern, immediately: handler)
    }
}

import HTTPServer
import HTTPTypes

/// The operator API's door: one bearer token (RFC 6750 §2.1), or no door at all.
struct OperatorAccess: Sendable {
    /// `nil` without a token in the configuration: the operator API is off then.
    private let tokens: TokenSet?

    init(_ settings: OperatorSettings) { tokens = settings.token.map { TokenSet([$0]) } }

    var isOpen: Bool { tokens != nil }

    func allows(_ request: Request) -> Bool {
        guard let tokens, let value = request.headers[.authorization] else { return false }
        let scheme = "bearer "
        guard value.prefix(scheme.count).lowercased() == scheme else { return false }
        return tokens.contains(String(value.dropFirst(scheme.count).drop { $0 == " " }))
    }

    func demand(of request: Request) throws(Problem) {
        guard allows(request) else { throw .notAuthorized }
    }
}

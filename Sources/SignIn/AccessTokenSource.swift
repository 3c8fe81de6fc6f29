/// Where a client gets the bearer token of its next call.
public protocol AccessTokenSource: Sendable {
    /// - Throws: A `DeliveryFault` that says whether trying again may help.
    func token() async throws -> String

    /// Forgets a token that the server refused, unless another one has taken its place already.
    func invalidate(_ token: String) async
}

/// Where a client gets its bearer token: client credentials today, a certificate or a managed identity later.
public protocol AccessTokenSource: Sendable {
    /// - Throws: A `DeliveryFault` that says whether trying again may help.
    func token() async throws -> String

    /// Forgets a token that the server refused, unless another one has taken its place already.
    func invalidate(_ token: String) async
}

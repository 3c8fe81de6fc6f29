public import HTTPClient
public import HTTPTypes

/// Proves to Commerce who calls. Asked for each request anew, because some ways sign the request itself and others
/// hold tokens that expire.
public protocol CommerceAuthorization: Sendable {
    /// - Parameter request: Complete but for what is returned.
    /// - Returns: Headers to add: `Authorization`, and for IMS those that belong to it.
    func headers(for request: OutboundRequest) async throws -> HTTPFields
}

/// An integration's access token as it stands. PaaS only; from 2.4.4 on the shop has to allow it
/// (`oauth/consumer/enable_integration_as_bearer`).
/// https://developer.adobe.com/commerce/webapi/get-started/authentication/gs-authentication-token
public struct BearerAuthorization: CommerceAuthorization {
    private let token: String

    public init(token: String) {
        self.token = token
    }

    public func headers(for request: OutboundRequest) -> HTTPFields { [.authorization: "Bearer \(token)"] }
}

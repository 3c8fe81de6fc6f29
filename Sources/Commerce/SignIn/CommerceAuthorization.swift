public import HTTPClient
public import HTTPTypes

/// Proves to Commerce who calls. Asked for each request anew, because some ways sign the request itself and others
/// hold tokens that expire.
public protocol CommerceAuthorization: Sendable {
    /// - Parameter request: Complete but for what is returned.
    /// - Returns: Headers to add: `Authorization`, and for IMS those that belong to it.
    func headers(for request: OutboundRequest) async throws -> HTTPFields

    /// What follows from an answer with status 400 or 401.
    /// - Parameter request: As it was sent, credentials included.
    /// - Returns: `nil` if the answer is not about the credentials.
    func verdict(on answer: OutboundResponse, to request: OutboundRequest) async -> CredentialVerdict?
}

/// What a refusal says about the credentials of the request.
public struct CredentialVerdict: Sendable, Equatable {
    public enum Next: Sendable, Equatable {
        /// Other credentials for the same request may be taken.
        case again
        /// They would be refused as well.
        case giveUp
        /// Another copy of the request was there first; what became of it is not known.
        case outcomeUnclear
    }

    public var next: Next
    /// What was found out besides the shop's own words; a sentence.
    public var finding: String?
    /// What a person changes.
    public var advice: String?

    public init(_ next: Next, finding: String? = nil, advice: String? = nil) {
        self.next = next
        self.finding = finding
        self.advice = advice
    }
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

    /// The token never expires, so that there is no other one to try.
    public func verdict(on answer: OutboundResponse, to request: OutboundRequest) -> CredentialVerdict? { nil }
}

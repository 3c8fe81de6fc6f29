import Relay
public import SignIn

/// How this gateway proves to Service Bus who it is.
public enum ServiceBusCredential: Sendable {
    case signature(ServiceBusSignature)
    /// Tokens for ``SignInResource/serviceBus``; the identity needs the role *Azure Service Bus Data Receiver*.
    case entra(any AccessTokenSource)

    /// The value of the header `Authorization`.
    func authorization(for place: ServiceBusPlace, now: Timestamp) async throws -> String {
        switch self {
        case .signature(let signature):
            signature.authorization(for: place.url, until: now + ServiceBusSignature.life)
        case .entra(let tokens): "Bearer \(try await tokens.token())"
        }
    }

    /// Forgets what was refused.
    /// - Returns: Whether another one may be taken.
    func refused(_ authorization: String) async -> Bool {
        switch self {
        case .signature:
            // Made anew for each call: the next one would be refused for the same reason.
            return false
        case .entra(let tokens):
            await tokens.invalidate(String(authorization.dropFirst("Bearer ".count)))
            return true
        }
    }
}

/// Why a bearer token is not believed. Quotes nothing of the token: whoever reads the log could use it.
public enum JWTError: Error, Equatable, CustomStringConvertible {
    case tooLong(limit: Int)
    /// - Parameter part: What of it cannot be read: `its header is not JSON`.
    case malformed(_ part: String)
    /// - Parameter expected: The configured one; the token names another, or none.
    case wrongAlgorithm(expected: String)
    /// No key of the issuer has the id that the token names.
    case unknownKey
    case badSignature
    case expired
    case notYetValid
    /// - Parameter name: `aud`.
    case missingClaim(_ name: String)
    case wrongClaim(_ name: String)
    /// It cannot be told now: the issuer's keys were not to be had. The sender may try again.
    case keysUnavailable(_ reason: String)

    public var description: String {
        switch self {
        case .tooLong(let limit): "The token is longer than \(limit) bytes."
        case .malformed(let part): "The token is no signed JSON Web Token in compact form (RFC 7519): \(part)."
        case .wrongAlgorithm(let expected): "The token is not signed with \(expected)."
        case .unknownKey: "The token names a key that its issuer does not publish."
        case .badSignature: "The token's signature does not verify."
        case .expired: "The token has expired; compare the clocks of both sides."
        case .notYetValid: "The token is not valid yet; compare the clocks of both sides."
        case .missingClaim(let name): "The token has no \(name)."
        case .wrongClaim(let name): "The token's \(name) is not the configured one."
        case .keysUnavailable(let reason): "The issuer's keys could not be fetched: \(reason)."
        }
    }
}

public import Cryptography

/// Where a verifier gets its issuer's keys from.
public protocol VerificationKeys: Sendable {
    /// - Parameter id: The `kid` that a token names.
    /// - Returns: The keys that may have signed it; few, and at least one.
    /// - Throws: `JWTError.unknownKey` or `.keysUnavailable`.
    func keys(id: String?) async throws(JWTError) -> [RSAPublicKey]
}

/// Keys from a configuration: for gateways that may call nobody. Two during a rotation.
public struct PinnedKeys: VerificationKeys {
    private let pinned: [RSAPublicKey]

    /// - Parameter keys: Each is tried, whatever id a token names.
    public init(_ keys: [RSAPublicKey]) {
        pinned = keys
    }

    public func keys(id: String?) throws(JWTError) -> [RSAPublicKey] {
        guard !pinned.isEmpty else { throw .unknownKey }
        return pinned
    }
}

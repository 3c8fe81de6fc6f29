import Cryptography
public import Relay

/// Believes a bearer token if one of the issuer's keys signed it and it says what the rules demand.
///
/// A verifier of our own, and small: JSON Web Tokens offer many choices, of which each was a hole somewhere (RFC 8725),
/// and these tokens need one. See `docs/architecture.md`.
public struct JWTVerifier: Sendable {
    private let rules: JWTRules
    private let keys: any VerificationKeys
    private let clock: any WallClock

    public init(rules: JWTRules, keys: any VerificationKeys, clock: any WallClock) {
        self.rules = rules
        self.keys = keys
        self.clock = clock
    }

    /// - Parameter token: In compact form, without `Bearer`.
    public func verify(_ token: String) async throws(JWTError) {
        let token = try JSONWebToken(token)
        guard token.algorithm == rules.algorithm.rawValue else {
            throw .wrongAlgorithm(expected: rules.algorithm.rawValue)
        }
        let candidates = try await keys.keys(id: token.keyID)
        guard candidates.contains(where: { $0.verifies(signature: token.signature, of: token.signed) }) else {
            throw .badSignature
        }
        try rules.check(token.claims, at: clock.now())
    }

    /// The token of an `Authorization` header (RFC 6750 §2.1).
    /// - Returns: `nil` if there is none of this kind.
    public static func bearerToken(_ header: String?) -> String? {
        guard let header else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}

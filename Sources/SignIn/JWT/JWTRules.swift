import JSON
import Relay

/// What a token must say to be believed. Decided by configuration alone: what a token says about itself, its
/// algorithm first of all, decides nothing.
public struct JWTRules: Sendable {
    /// Asymmetric ones only, so that nobody can sign with what is public (RFC 8725 §3.1).
    public enum Algorithm: String, Sendable {
        case rs256 = "RS256"
    }

    /// Where a token says how long it lives.
    public enum Lifetime: Sendable {
        /// `exp`, which must be there, and `nbf`, which may (RFC 7519 §4.1).
        case registered
        /// `created_at` and `expires_in` in milliseconds, as numbers or texts: Adobe's IMS has neither `exp` nor `iss`
        /// nor `aud`.
        case createdAndExpires
    }

    /// Claims of which one must be there, and each that is there must have one of the values.
    public struct Requirement: Sendable {
        public let claims: [String]
        public let values: Set<String>

        public init(_ claims: String..., values: Set<String>) {
            self.claims = claims
            self.values = values
        }
    }

    /// How far the clocks of two machines that are kept right may differ.
    public static let leeway = Duration.seconds(60)

    public let algorithm: Algorithm
    public let lifetime: Lifetime
    /// `nil` where the issuer writes none.
    public let issuers: Set<String>?
    /// `nil` where the issuer writes none.
    public let audiences: Set<String>?
    public let requirements: [Requirement]

    public init(
        algorithm: Algorithm = .rs256, lifetime: Lifetime = .registered, issuers: Set<String>?,
        audiences: Set<String>?, requirements: [Requirement] = []
    ) {
        self.algorithm = algorithm
        self.lifetime = lifetime
        self.issuers = issuers
        self.audiences = audiences
        self.requirements = requirements
    }

    /// The claims of a token whose signature was verified.
    func check(_ claims: JSONObject, at now: Timestamp) throws(JWTError) {
        try checkLifetime(claims, now)
        if let issuers { try Self.check("iss", claims["iss"].map { [$0] }, issuers) }
        if let audiences {
            let named = claims["aud"].map { audience in audience.arrayValue ?? [audience] }
            try Self.checkAny("aud", named, audiences)
        }
        for requirement in requirements {
            let present = requirement.claims.filter { claims[$0] != nil }
            guard !present.isEmpty else { throw .missingClaim(requirement.claims.joined(separator: " or ")) }
            for name in present { try Self.check(name, claims[name].map { [$0] }, requirement.values) }
        }
    }

    private static func check(_ name: String, _ found: [JSONValue]?, _ allowed: Set<String>) throws(JWTError) {
        guard let found else { throw .missingClaim(name) }
        let isAllowed = found.allSatisfy { $0.stringValue.map(allowed.contains) == true }
        guard isAllowed else { throw .wrongClaim(name) }
    }

    private static func checkAny(_ name: String, _ found: [JSONValue]?, _ allowed: Set<String>) throws(JWTError) {
        guard let found else { throw .missingClaim(name) }
        let texts = found.compactMap(\.stringValue)
        guard texts.count == found.count, texts.contains(where: allowed.contains) else { throw .wrongClaim(name) }
    }

    private func checkLifetime(_ claims: JSONObject, _ now: Timestamp) throws(JWTError) {
        switch lifetime {
        case .registered:
            guard let end = try Self.seconds("exp", claims) else { throw .missingClaim("exp") }
            if let start = try Self.seconds("nbf", claims), now + Self.leeway < start { throw .notYetValid }
            guard now < end + Self.leeway else { throw .expired }
        case .createdAndExpires:
            guard let start = try Self.milliseconds("created_at", claims) else { throw .missingClaim("created_at") }
            guard let life = try Self.milliseconds("expires_in", claims) else { throw .missingClaim("expires_in") }
            let created = Timestamp(millisecondsSince1970: start)
            guard now + Self.leeway >= created else { throw .notYetValid }
            guard now < created + .milliseconds(life) + Self.leeway else { throw .expired }
        }
    }

    /// A moment in seconds since 1970, fractions allowed (RFC 7519 §2, NumericDate).
    private static func seconds(_ name: String, _ claims: JSONObject) throws(JWTError) -> Timestamp? {
        guard let value = claims[name] else { return nil }
        let whole = value.numberValue.map { "\($0)".prefix { $0 != "." } }
        guard let seconds = whole.flatMap({ Int64($0) }), moments.contains(seconds) else { throw .wrongClaim(name) }
        return Timestamp(millisecondsSince1970: seconds * 1000)
    }

    private static func milliseconds(_ name: String, _ claims: JSONObject) throws(JWTError) -> Int64? {
        guard let value = claims[name] else { return nil }
        let number = value.stringValue.flatMap { Int64($0) } ?? value.intValue.map { Int64($0) }
        guard let number, moments.contains(number / 1000) else { throw .wrongClaim(name) }
        return number
    }

    /// Seconds until the year 9999: later ones are no moments, and adding to them must not overflow.
    private static let moments: ClosedRange<Int64> = 0...253_402_300_799
}

import Cryptography
import Foundation
import HTTPTypes
import JSON
import Synchronization

/// Checks what an application signed with the key of its certificate, as Entra ID does
/// (learn.microsoft.com/entra/identity-platform/certificate-credentials).
struct AssertionCheck {
    /// Entra ID takes none that lives longer.
    static let maxLife: TimeInterval = 24 * 3600
    /// Clocks may differ by this much.
    static let skew: TimeInterval = 300

    let clientID: String
    let audience: String
    let now: Date

    /// Accepts an assertion once.
    func take(_ assertion: String, _ identity: SandboxIdentity) throws(TokenRefusal) {
        let parts = assertion.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw Self.refusal(50_027, "JWT token is invalid or malformed.") }
        guard header["alg"]?.stringValue == "PS256", let thumbprint = header["x5t#S256"]?.stringValue else {
            throw Self.refusal(5_002_738, "Invalid JWT token: 'alg' must be PS256, with 'x5t#S256'.")
        }
        let certificates = identity.state.withLock { $0.certificates }
        guard let certificate = certificates.first(where: { Base64URL.encode($0.sha256Thumbprint) == thumbprint })
        else {
            throw Self.refusal(
                700_027, "The certificate with identifier used to sign the client assertion is not registered.")
        }
        guard let pem = certificate.publicKeyPEM, let key = try? RSAPublicKey(pem: pem),
            key.verifies(signature: signature, of: Array("\(parts[0]).\(parts[1])".utf8), padding: .pss),
            now.timeIntervalSince1970 <= Double(certificate.notAfter)
        else { throw Self.refusal(700_027, "Client assertion failed signature validation.") }
        try check(claims, identity)
    }

    private func check(_ claims: JSONObject, _ identity: SandboxIdentity) throws(TokenRefusal) {
        guard claims["iss"]?.stringValue == clientID, claims["sub"]?.stringValue == clientID else {
            throw Self.refusal(
                700_021, "Client assertion application identifier doesn't match 'client_id' parameter.")
        }
        guard claims["aud"]?.stringValue == audience else {
            throw Self.refusal(700_023, "Client assertion audience claim does not match Realm issuer.")
        }
        guard let exp = claims["exp"]?.intValue, let nbf = claims["nbf"]?.intValue,
            let id = claims["jti"]?.stringValue,
            !id.isEmpty
        else { throw Self.refusal(50_027, "JWT token is invalid or malformed.") }
        let end = Date(timeIntervalSince1970: TimeInterval(exp))
        let start = Date(timeIntervalSince1970: TimeInterval(nbf))
        guard start.addingTimeInterval(-Self.skew) <= now, now <= end.addingTimeInterval(Self.skew),
            end.timeIntervalSince(start) <= Self.maxLife
        else { throw Self.refusal(700_024, "Client assertion is not within its valid time range.") }
        let isNew = identity.state.withLock { state in
            state.usedAssertions = state.usedAssertions.filter { $0.value.addingTimeInterval(Self.skew) > now }
            return state.usedAssertions.updateValue(end, forKey: id) == nil
        }
        guard isNew else { throw Self.refusal(50_013, "Assertion with id '\(id)' was used before.") }
    }

    private static func object(_ part: String) -> JSONObject? {
        Base64URL.decode(part).flatMap { try? JSONValue.parse($0, repeatedNames: .refused) }?.objectValue
    }

    private static func refusal(_ code: Int, _ text: String) -> TokenRefusal {
        TokenRefusal(status: .unauthorized, error: "invalid_client", code: code, text: text)
    }
}

public import Cryptography
public import Foundation
import Synchronization

/// What the simulated Entra ID, AD FS, managed identity service and Key Vault know of the gateway: can be changed while
/// they serve.
public final class SandboxIdentity: Sendable {
    struct State {
        var secretIsExpired = false
        var isListed = true
        var closedSets: Set<String> = []
        var certificates: [X509Certificate] = []
        /// Of assertions that were shown, until they end.
        var usedAssertions: [String: Date] = [:]
        var metadataUpdates = 0
        var vault: [String: String] = [:]
        var mayReadVault = true
    }

    let state = Mutex(State())

    /// A secret past its date is refused with AADSTS7000222.
    public var secretIsExpired: Bool {
        get { state.withLock { $0.secretIsExpired } }
        set { state.withLock { $0.secretIsExpired = newValue } }
    }

    /// Whether the application is under *Microsoft Entra ID applications* in F&O. If not, F&O answers 401 to tokens that
    /// are good.
    public var isListed: Bool {
        get { state.withLock { $0.isListed } }
        set { state.withLock { $0.isListed = newValue } }
    }

    /// Entity sets that no security role of the service user covers: F&O answers 403.
    public var closedSets: Set<String> {
        get { state.withLock { $0.closedSets } }
        set { state.withLock { $0.closedSets = newValue } }
    }

    /// How many of the next requests for a managed identity's token are answered 410, as during an update.
    public var nextMetadataUpdates: Int {
        get { state.withLock { $0.metadataUpdates } }
        set { state.withLock { $0.metadataUpdates = newValue } }
    }

    /// Secrets of the key vault by name.
    public var vault: [String: String] {
        get { state.withLock { $0.vault } }
        set { state.withLock { $0.vault = newValue } }
    }

    /// Whether the application has the permission to read the vault's secrets.
    public var mayReadVault: Bool {
        get { state.withLock { $0.mayReadVault } }
        set { state.withLock { $0.mayReadVault = newValue } }
    }

    /// Uploads a certificate to the application.
    public func register(_ certificate: X509Certificate) {
        state.withLock { $0.certificates.append(certificate) }
    }

    /// Takes it away again.
    public func remove(_ certificate: X509Certificate) {
        state.withLock { state in state.certificates.removeAll { $0 == certificate } }
    }

    /// A new key with a certificate that vouches for itself, not registered yet. Takes a moment.
    /// - Parameters:
    ///   - validFrom: Seconds from now.
    ///   - validFor: Seconds after that.
    public static func makeCertificate(
        validFrom: TimeInterval = -60, validFor: TimeInterval = 86_400, at now: Date = Date()
    ) throws -> CertifiedKey {
        let key = try RSAPrivateKey.generate()
        let start = now.addingTimeInterval(validFrom)
        let certificate = try X509Certificate.selfSigned(
            key, commonName: "causeway sandbox", notBefore: Int64(start.timeIntervalSince1970),
            notAfter: Int64(start.addingTimeInterval(validFor).timeIntervalSince1970))
        return try CertifiedKey(certificate: certificate, key: key)
    }
}

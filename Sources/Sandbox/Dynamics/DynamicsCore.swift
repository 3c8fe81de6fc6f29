import Foundation
import HTTPServer
import HTTPTypes
import Synchronization

/// What the parts of the simulated D365 share.
final class DynamicsCore: Sendable {
    let books: Mutex<DynamicsBooks>
    let tokens = AccessTokens()
    let identity = SandboxIdentity()
    let counters = RequestCounters()
    let writeFaults = WriteFaults()
    let journal: EffectJournal
    let now: @Sendable () -> Date
    private let url = Mutex("https://sandbox.operations.dynamics.com")

    init(_ configuration: SandboxDynamicsConfiguration, journal: EffectJournal, now: @escaping @Sendable () -> Date) {
        books = Mutex(DynamicsBooks(configuration))
        self.journal = journal
        self.now = now
    }

    /// Without a slash at the end; on premises with the path under which F&O is.
    var environmentURL: String {
        get { url.withLock { $0 } }
        set { url.withLock { $0 = newValue } }
    }

    /// What tokens are for: the environment's URL without the path that it has on premises.
    var resourceURL: String {
        let url = environmentURL
        return url.hasSuffix(Self.onPremisesPath) ? String(url.dropLast(Self.onPremisesPath.count)) : url
    }

    /// Entra ID, AD FS, Key Vault and the rest listen where F&O does.
    var authorityURL: String { resourceURL }

    /// Whether it has a token for this environment.
    func isSignedIn(_ request: Request) -> Bool {
        tokens.isValid(bearer: request.headers[.authorization], for: resourceURL, at: now()) && identity.isListed
    }

    /// The request as in the cloud; `nil` if it is not for this environment.
    func withoutPrefix(_ request: Request) -> Request? {
        guard environmentURL.hasSuffix(Self.onPremisesPath) else { return request }
        guard request.path.hasPrefix(Self.onPremisesPath + "/") else { return nil }
        var request = request
        request.path = String(request.path.dropFirst(Self.onPremisesPath.count))
        return request
    }

    static let onPremisesPath = "/namespaces/AXSF"
}

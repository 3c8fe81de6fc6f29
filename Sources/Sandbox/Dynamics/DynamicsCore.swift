import Foundation
import Synchronization

/// What the parts of the simulated D365 share.
final class DynamicsCore: Sendable {
    let books: Mutex<DynamicsBooks>
    let tokens = AccessTokens()
    let counters = RequestCounters()
    let journal: EffectJournal
    let now: @Sendable () -> Date
    private let url = Mutex("https://sandbox.operations.dynamics.com")

    init(_ configuration: SandboxDynamicsConfiguration, journal: EffectJournal, now: @escaping @Sendable () -> Date) {
        books = Mutex(DynamicsBooks(configuration))
        self.journal = journal
        self.now = now
    }

    /// Without a slash at the end; tokens are for exactly this.
    var environmentURL: String {
        get { url.withLock { $0 } }
        set { url.withLock { $0 = newValue } }
    }
}
